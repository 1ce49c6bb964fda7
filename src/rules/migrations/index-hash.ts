import { statement as copied, text } from "../../model/text.js";
import { createdIndexes } from "../../sql/indexes.js";
import { quoted, quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** A hash index, which serves equality alone. */
export const indexHash = statementRule({
  id: "migrations/index-hash",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["IndexStmt"],
  severity: "notice",
  sized: false,
  effect: text`A hash index serves equality on one column alone: no ranges, no ORDER BY, no second column, no uniqueness.`,
  look: (statement) =>
    createdIndexes(statement).flatMap(({ table, method, name, columns, plain }) => {
      if (!table || method !== "hash") return [];
      const named = name === null ? "" : ` ${quoted(name)}`;
      const keys = plain ? `(${columns.map((column) => quoted(column ?? "")).join(", ")})` : "…";
      return [
        {
          what: text`CREATE INDEX${name === null ? [] : text` ${name}`} on ${tableName(table)} USING hash`,
          help: text`A btree does the same and more: ${copied(`CREATE INDEX CONCURRENTLY${named} ON ${quotedTable(table)} ${keys};`)} Keep the hash for values of hundreds of bytes that are only ever compared with =.`,
        },
      ];
    }),
});
