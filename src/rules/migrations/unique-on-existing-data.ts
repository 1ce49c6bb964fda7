import { statement as copied, text } from "../../model/text.js";
import { alterationsOf } from "../../sql/alterations.js";
import { relationOf } from "../../sql/catalogue.js";
import { createdIndexes } from "../../sql/indexes.js";
import { addedKeys } from "../../sql/key-constraints.js";
import { rememberedAll } from "../../sql/remembered.js";
import { isSameTable, type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

interface Uniqueness {
  readonly table: Table;
  readonly columns: readonly (string | null)[];
}

function claimed(statement: ParsedStatement): readonly Uniqueness[] {
  const indexes = createdIndexes(statement).flatMap(({ table, columns, unique }) => (table && unique ? [{ table, columns }] : []));
  const keys = alterationsOf(statement).flatMap((alteration) =>
    addedKeys(alteration).flatMap(({ usingIndex, ofNewColumn, columns }) =>
      usingIndex || ofNewColumn ? [] : [{ table: alteration.table, columns }],
    ),
  );
  return [...indexes, ...keys];
}

const alterationsIn = rememberedAll(alterationsOf);

/** A column that these changes add is empty or filled by them; what the base holds is anybody's. */
function isAdded(column: string, table: Table, { all, schema }: Surroundings): boolean {
  const base = schema && relationOf(schema.base, table);
  if (base) return !base.columns.some(({ name }) => name === column);
  return alterationsIn(all).some(
    (one) => one.command === "AT_AddColumn" && one.column?.colname === column && isSameTable(one.table, table),
  );
}

function hit({ table, columns }: Uniqueness, surroundings: Surroundings): readonly Hit[] {
  if (columns.some((column) => column !== null && isAdded(column, table, surroundings))) return [];
  const list = columns.map((column) => (column === null ? "…" : quoted(column))).join(", ");
  const look = `SELECT ${list}, count(*) FROM ${quotedTable(table)} GROUP BY ${list} HAVING count(*) > 1;`;
  return [
    {
      what: text`uniqueness of ${tableName(table)} (${list}) over rows that stand already`,
      table,
      help: text`Look for duplicates in the deploy, before it: ${copied(look)}`,
    },
  ];
}

/** Uniqueness asked of rows that were written without it. */
export const uniqueOnExistingData = statementRule({
  id: "migrations/unique-on-existing-data",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["IndexStmt", "CONSTR_UNIQUE", "CONSTR_PRIMARY"],
  severity: "notice",
  off: true,
  sized: false,
  effect: text`One pair of duplicates makes the deploy fail; with CONCURRENTLY it leaves an INVALID index behind.`,
  look: (statement, surroundings) => claimed(statement).flatMap((one) => hit(one, surroundings)),
});
