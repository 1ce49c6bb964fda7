import { text } from "../../model/text.js";
import { tableName } from "../../sql/tables.js";
import { writesOf } from "../../sql/writes.js";
import { statementRule } from "../statement-rule.js";

/** An UPDATE or DELETE of every row. */
export const writeWithoutWhere = statementRule({
  id: "queries/write-without-where",
  answers: "queries/bounded",
  files: "query",
  on: ["UpdateStmt", "DeleteStmt", "InsertStmt"],
  severity: "warning",
  sized: false,
  effect: text`It writes every row of the table in one statement and keeps all of them locked until it commits.`,
  look: (statement) =>
    writesOf(statement).flatMap(({ verb, table, reach, hasWhere }) => {
      if (reach !== "all") return [];
      const on = table ? text` on ${tableName(table)}` : [];
      return [
        {
          what: hasWhere ? text`${[verb]}${on} with a WHERE that is always true` : text`${[verb]}${on} without WHERE`,
          help: text`Say which rows with a WHERE, and take many of them in batches of a key range: ${"WHERE id > $1 AND id <= $2"}`,
        },
      ];
    }),
});
