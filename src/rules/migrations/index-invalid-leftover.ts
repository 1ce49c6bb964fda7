import { statement as copied, text } from "../../model/text.js";
import { createdIndexes } from "../../sql/indexes.js";
import { quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** CONCURRENTLY IF NOT EXISTS, which keeps what a failed build left behind. */
export const indexInvalidLeftover = statementRule({
  id: "migrations/index-invalid-leftover",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["IndexStmt"],
  severity: "notice",
  off: true,
  sized: false,
  effect: text`A build that failed leaves an INVALID index of that name, which costs every write and serves no query; IF NOT EXISTS takes it for done.`,
  look: (statement) =>
    createdIndexes(statement).flatMap(({ table, name, online, ifNotExists }) => {
      if (!table || !online || !ifNotExists || name === null) return [];
      const drop = `DROP INDEX CONCURRENTLY IF EXISTS ${quotedTable({ schema: table.schema, name })};`;
      return [
        {
          what: text`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name} on ${tableName(table)}`,
          help: text`Drop what may be left before it: ${copied(drop)} Or look for it first: ${copied(`SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid;`)}`,
        },
      ];
    }),
});
