import { statement as copied, text } from "../../model/text.js";
import { smallKeys } from "../../sql/table-columns.js";
import { quoted, quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** A new table whose key runs out of numbers. */
export const key32bit = statementRule({
  id: "migrations/key-32bit",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql", "mysql", "mariadb"],
  on: ["CONSTR_PRIMARY"],
  severity: "notice",
  off: true,
  sized: false,
  effect: text`A key of 32 bits ends at 2,147,483,647, one of 16 bits at 32,767; then every INSERT fails, and to widen it rewrites a large table.`,
  look: (statement) =>
    smallKeys(statement).map(({ table, column, type }) => {
      const form =
        statement.dialect === "postgresql"
          ? `CREATE TABLE ${quotedTable(table)} (${quoted(column)} bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, …);`
          : `CREATE TABLE ${quotedTable(table)} (${quoted(column)} BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, …);`;
      return {
        what: text`the primary key ${tableName(table)}.${column} is ${type}`,
        help: text`Make it 64 bits wide from the start: ${copied(form)}`,
      };
    }),
});
