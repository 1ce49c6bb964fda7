import { statement as copied, type Text, text } from "../../model/text.js";
import { type AddedColumn, addedColumns } from "../../sql/added-columns.js";
import { isEmptied } from "../../sql/emptied.js";
import { type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

function help({ table, name, type }: AddedColumn, { dialect }: ParsedStatement): Text {
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const withDefault = `${on} ADD COLUMN ${quoted(name)} ${type} NOT NULL DEFAULT …;`;
  const nullable = `${on} ADD COLUMN ${quoted(name)} ${type};`;
  if (dialect === "sqlite") return text`Give it a default: ${copied(withDefault)}`;
  return text`Give it a constant default, which rewrites nothing since PostgreSQL 11 and MySQL 8.0.12: ${copied(withDefault)} Or add it as ${copied(nullable)} fill it in batches, and constrain it in a later release.`;
}

// MySQL puts 0 or '' into the rows that are there.
const fills = ({ dialect }: ParsedStatement): boolean => dialect === "mysql" || dialect === "mariadb";

function hit(column: AddedColumn, statement: ParsedStatement, { file, rows }: Surroundings): readonly Hit[] {
  const { table, name, notNull, filled } = column;
  if (!notNull || filled) return [];
  const what = text`ADD COLUMN ${tableName(table)}.${name} is NOT NULL and has no default`;
  const place = { table, help: help(column, statement) };
  if (rows(table) === 0) return [{ ...place, what, severity: "notice" }];
  if (fills(statement)) return [{ ...place, what: text`${what}: the rows get 0 or an empty string`, severity: "warning" }];
  const emptied = statement.dialect !== "sqlite" && isEmptied(file.statements, statement, table);
  return [emptied ? { ...place, what: text`${what} (its rows are deleted before)`, severity: "warning" } : { ...place, what }];
}

/** A column that rows must have a value for, and that nothing fills. */
export const addColumnRequired = statementRule({
  id: "migrations/add-column-required",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql", "mysql", "mariadb", "sqlite"],
  on: ["AT_AddColumn"],
  severity: "blocking",
  sized: false,
  effect: text`It fails on a table that holds a row (MySQL fills in 0 or an empty string), and while it is rolled out, the INSERTs of the code that runs fail, because they do not name the column.`,
  look: (statement, surroundings) => addedColumns(statement).flatMap((column) => hit(column, statement, surroundings)),
});
