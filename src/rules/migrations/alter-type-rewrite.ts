import { statement as copied, type Text, text } from "../../model/text.js";
import { type Alteration, alterationsOf } from "../../sql/alterations.js";
import { columnOf, relationOf } from "../../sql/catalogue.js";
import { briefType, formattedType, typeChange } from "../../sql/column-types.js";
import { type ColumnDef, columnName, names } from "../../sql/postgres-tree.js";
import { isSameTable, type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/**
 * Target types that some columns reach without a rewrite, and from which, for where the column's own is not
 * known. Measured on PostgreSQL 15 and 18.
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

const shown = ({ typeName }: ColumnDef): string => briefType(formattedType(typeName));

interface Change extends Alteration {
  readonly name: string;
  readonly column: ColumnDef;
}

/** A USING expression that computes anything is run for every row. */
const computes = ({ column }: Change): boolean => column.raw_default !== undefined && columnName(column.raw_default) === null;

function help({ table, name, column }: Change): Text {
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const added = `${on} ADD COLUMN ${quoted(`${name}_new`)} ${shown(column)};`;
  return text`Add a column of the new type (${copied(added)}), write both, copy the old values in batches, then swap the two in a later release.`;
}

/** The column's type before the change; null where it is not known. */
function knownType({ table, name }: Change, { schema }: Surroundings): string | null {
  const relation = schema && relationOf(schema.base, table);
  return (relation && columnOf(relation, name)?.type) || null;
}

function fromKnown(change: Change, from: string, what: Text, place: Omit<Hit, "what">): readonly Hit[] {
  const to = formattedType(change.column.typeName);
  const kind = computes(change) ? "rewrite" : typeChange(from, to);
  const was = text`${what} rewrites the table: it is ${briefType(from)}`;
  if (kind === "none") return [];
  return [
    kind === "rewrite"
      ? { ...place, what: was }
      : { ...place, what: text`${was}, and the session's time zone may not be UTC`, severity: "question" },
  ];
}

function fromStatement(change: Change, what: Text, place: Omit<Hit, "what">): readonly Hit[] {
  const type = names(change.column.typeName?.names).at(-1) ?? "";
  const from =
    computes(change) || change.column.typeName?.arrayBounds || !Object.hasOwn(WITHOUT_REWRITE, type) ? null : WITHOUT_REWRITE[type];
  if (from) return [{ ...place, what: text`${what} rewrites the table unless the column was ${[from]}`, severity: "question" }];
  return [{ ...place, what: text`${what} rewrites the table unless the column already is ${shown(change.column)}` }];
}

function hit(alteration: Alteration, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const { command, table, name, column } = alteration;
  if (command !== "AT_AlterColumnType" || name === null || !column) return [];
  const change = { ...alteration, name, column };
  const what = text`ALTER COLUMN ${tableName(table)}.${name} TYPE ${shown(column)}`;
  const place = { table, help: help(change), claims: { rewrite: true } } as const;
  const from = knownType(change, surroundings);
  // One that ran on its own tells; of several changes in one statement, the types tell which it was.
  const isAlone = statement.observed?.rewritten.some((name) => isSameTable(name, table)) && alterationsOf(statement).length === 1;
  if (isAlone)
    return [
      { ...place, what: from === null ? text`${what} rewrites the table` : text`${what} rewrites the table: it is ${briefType(from)}` },
    ];
  return from === null ? fromStatement(change, what, place) : fromKnown(change, from, what, place);
}

/** A change of type that writes every row anew. */
export const alterTypeRewrite = statementRule({
  id: "migrations/alter-type-rewrite",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["AT_AlterColumnType"],
  severity: "warning",
  sized: true,
  effect: text`A rewrite copies every row and rebuilds every index under an ACCESS EXCLUSIVE lock: reads and writes wait until it is done.`,
  look: (statement, surroundings) => alterationsOf(statement).flatMap((alteration) => hit(alteration, statement, surroundings)),
});
