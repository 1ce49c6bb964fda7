import { statement as copied, text } from "../../model/text.js";
import { createdIndexes } from "../../sql/indexes.js";
import { quoted, quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

const KEYS = 3;

/** An index of many keys, each of which every write has to keep up. */
export const indexTooWide = statementRule({
  id: "migrations/index-too-wide",
  answers: "migrations/safe",
  files: "migration",
  on: ["IndexStmt"],
  severity: "notice",
  off: true,
  sized: false,
  effect: text`Every write of any of these columns writes the index too, and a wide key fits fewer entries into a page.`,
  look: (statement) =>
    createdIndexes(statement).flatMap(({ table, name, columns, unique }) => {
      if (!table || unique || columns.length <= KEYS) return [];
      const keys = columns.slice(0, KEYS).map((column) => (column === null ? "…" : quoted(column)));
      const included = columns.slice(KEYS).map((column) => (column === null ? "…" : quoted(column)));
      const named = name === null ? "" : ` ${quoted(name)}`;
      const form = `CREATE INDEX${named} ON ${quotedTable(table)} (${keys.join(", ")}) INCLUDE (${included.join(", ")});`;
      return [
        {
          what: text`CREATE INDEX${name === null ? [] : text` ${name}`} on ${tableName(table)} has ${columns.length} keys`,
          help: text`Keep the columns that are compared or sorted by as keys, and only carry the others (PostgreSQL 11 and later, SQL Server): ${copied(form)}`,
        },
      ];
    }),
});
