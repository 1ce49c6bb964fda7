import { statement as copied, type Text, text } from "../../model/text.js";
import { type AddedColumn, addedColumns } from "../../sql/added-columns.js";
import { type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, statementRule } from "../statement-rule.js";

const PLAIN: Readonly<Record<string, string>> = { serial: "integer", serial4: "integer", smallserial: "smallint", serial2: "smallint" };

function sequenceForm({ table, name, type, numbering }: AddedColumn): string {
  const sequence = quoted(`${table.name}_${name}_seq`);
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const column = quoted(name);
  const plain = numbering === "IDENTITY" ? type : (PLAIN[numbering ?? ""] ?? "bigint");
  return [
    `CREATE SEQUENCE ${sequence};`,
    `${on} ADD COLUMN ${column} ${plain};`,
    `${on} ALTER COLUMN ${column} SET DEFAULT nextval('${sequence.replaceAll("'", "''")}');`,
    `UPDATE ${quotedTable(table)} SET ${column} = nextval('${sequence.replaceAll("'", "''")}') WHERE ${column} IS NULL AND id > $last AND id <= $last + 10000;`,
  ].join(" ");
}

function help(column: AddedColumn, { dialect }: ParsedStatement): Text {
  if (dialect !== "postgresql") return text`Change the table with gh-ost or pt-online-schema-change, which copy it beside the writes.`;
  return text`Add the column without numbers, let a sequence number new rows, then number the old ones in batches, the last statement until nothing is left: ${copied(sequenceForm(column))}`;
}

function hit(column: AddedColumn, statement: ParsedStatement): readonly Hit[] {
  const { table, name, numbering } = column;
  if (numbering === null) return [];
  return [
    {
      what: text`ADD COLUMN ${tableName(table)}.${name} (${[numbering]}) numbers every row`,
      table,
      help: help(column, statement),
      ...(statement.dialect === "postgresql" && { claims: { rewrite: true } }),
    },
  ];
}

/** A numbered column added to rows that are there. */
export const addColumnAutoIncrement = statementRule({
  id: "migrations/add-column-auto-increment",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql", "mysql", "mariadb"],
  on: ["AT_AddColumn"],
  severity: "warning",
  sized: true,
  effect: text`Each row is written anew to get its number: under an ACCESS EXCLUSIVE lock in PostgreSQL, where reads and writes wait; MySQL lets reads go on, but no writes.`,
  look: (statement) => addedColumns(statement).flatMap((column) => hit(column, statement)),
});
