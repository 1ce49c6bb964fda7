import { statement, type Text, text } from "../../model/text.js";
import { type Alteration, alterationsOf } from "../../sql/alterations.js";
import { type ColumnDef, columnName, constant, names } from "../../sql/postgres-tree.js";
import { quoted, quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, statementRule } from "../statement-rule.js";

/**
 * Target types that some columns reach without a rewrite, and from which. Every other type is a rewrite,
 * unless the column already has it. Measured on PostgreSQL 15 and 18.
 */
const WITHOUT_REWRITE: Readonly<Record<string, string>> = {
  text: "a varchar",
  varchar: "a shorter varchar",
  numeric: "a numeric of the same scale and fewer digits",
  inet: "a cidr",
  varbit: "a shorter varbit",
  timestamp: "a timestamp of the same or a lower precision",
  timestamptz: "a timestamp and the session's time zone is UTC",
  time: "a time of the same or a lower precision",
  timetz: "a timetz of the same or a lower precision",
  interval: "an interval of the same or a lower precision",
};

// The grammar's names where SQL has another one.
const SQL_NAMES: Readonly<Record<string, string>> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  bool: "boolean",
  bpchar: "char",
};

const typeName = ({ typeName: type }: ColumnDef): string => names(type?.names).at(-1) ?? "";

/** The type as a person writes it: `varchar(20)`. */
function shownType(column: ColumnDef): string {
  const modifiers = (column.typeName?.typmods ?? []).map(constant);
  const name = SQL_NAMES[typeName(column)] ?? typeName(column);
  return modifiers.length === 0 ? name : `${name}(${modifiers.join(",")})`;
}

function exemption(column: ColumnDef): string | null {
  // A USING expression that computes anything is run for every row.
  if (column.raw_default !== undefined && columnName(column.raw_default) === null) return null;
  const type = typeName(column);
  return Object.hasOwn(WITHOUT_REWRITE, type) ? (WITHOUT_REWRITE[type] ?? null) : null;
}

function help({ table, name, column }: Alteration & { readonly column: ColumnDef }): Text {
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const added = `${on} ADD COLUMN ${quoted(`${name}_new`)} ${shownType(column)};`;
  return text`Add a column of the new type (${statement(added)}), write both, copy the old values in batches, then swap the two in a later release.`;
}

function hit(alteration: Alteration): readonly Hit[] {
  const { command, table, name, column } = alteration;
  if (command !== "AT_AlterColumnType" || name === null || !column) return [];
  const type = shownType(column);
  const from = exemption(column);
  const what = text`ALTER COLUMN ${tableName(table)}.${name} TYPE ${type}`;
  const place = { table, help: help({ ...alteration, column }) };
  if (from === null) return [{ ...place, what: text`${what} rewrites the table unless the column already is ${type}` }];
  return [{ ...place, what: text`${what} rewrites the table unless the column was ${[from]}`, severity: "question" }];
}

/** A change of type that writes every row anew. */
export const alterTypeRewrite = statementRule({
  id: "migrations/alter-type-rewrite",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  severity: "warning",
  sized: true,
  effect: text`A rewrite copies every row and rebuilds every index under an ACCESS EXCLUSIVE lock: reads and writes wait until it is done.`,
  look: (statement) => alterationsOf(statement).flatMap(hit),
});
