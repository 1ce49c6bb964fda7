import { statement as copied, text } from "../../model/text.js";
import { jsonColumns } from "../../sql/table-columns.js";
import { quoted, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** A new column that keeps JSON as text. */
export const jsonNotJsonb = statementRule({
  id: "migrations/json-not-jsonb",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CreateStmt", "AT_AddColumn"],
  severity: "notice",
  off: true,
  sized: false,
  effect: text`The type json has no equality and no GIN index: DISTINCT and GROUP BY fail on it, every access parses the text anew, and a later change to jsonb rewrites the table.`,
  look: (statement) =>
    jsonColumns(statement).map(({ table, column }) => ({
      what: text`${tableName(table)}.${column} is of the type json`,
      help: text`Unless order and white space of the text matter, write ${copied(`${quoted(column)} jsonb`)}`,
    })),
});
