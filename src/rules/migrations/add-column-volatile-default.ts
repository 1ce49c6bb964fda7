import { statement as copied, text } from "../../model/text.js";
import { type AddedColumn, addedColumns } from "../../sql/added-columns.js";
import { type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { volatileCall } from "../../sql/volatility.js";
import { type Hit, statementRule } from "../statement-rule.js";

function batchForm({ table, name, type }: AddedColumn, call: string): string {
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const value = `${quoted(call)}(…)`;
  return [
    `${on} ADD COLUMN ${quoted(name)} ${type};`,
    `${on} ALTER COLUMN ${quoted(name)} SET DEFAULT ${value};`,
    `UPDATE ${quotedTable(table)} SET ${quoted(name)} = ${value} WHERE ${quoted(name)} IS NULL AND id > $last AND id <= $last + 10000;`,
  ].join(" ");
}

function hit(column: AddedColumn, { observed }: ParsedStatement): readonly Hit[] {
  const { table, name } = column;
  // A sequence's own default is the concern of add-column-auto-increment.
  const call = column.numbering === null ? volatileCall(column.defaultOf) : null;
  if (!call) return [];
  const what = text`ADD COLUMN ${tableName(table)}.${name} with the default ${call.name}()`;
  const help = text`Add it without a default, set the default, then fill the old rows in batches, the last statement until nothing is left: ${copied(batchForm(column, call.name))}`;
  const claims = { rewrite: true } as const;
  if (call.certain || observed) return [{ what: text`${what} rewrites the table`, table, help, claims }];
  return [{ what: text`${what} rewrites the table if that function is volatile`, table, help, claims, severity: "question" }];
}

/** A new column whose default has to be computed for every row. */
export const addColumnVolatileDefault = statementRule({
  id: "migrations/add-column-volatile-default",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["AT_AddColumn"],
  severity: "warning",
  sized: true,
  effect: text`A volatile default is another value for every row, so that PostgreSQL writes each of them anew, and every index, under an ACCESS EXCLUSIVE lock: reads and writes wait until it is done.`,
  look: (statement) => addedColumns(statement).flatMap((column) => hit(column, statement)),
});
