import { statement as copied, text } from "../../model/text.js";
import { relationOf } from "../../sql/catalogue.js";
import { createdTables } from "../../sql/created-tables.js";
import { type DroppedTable, droppedTables } from "../../sql/drops.js";
import { rememberedAll } from "../../sql/remembered.js";
import { renamesOf } from "../../sql/renames.js";
import { includesTable, isSameTable, type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const creates = (statement: ParsedStatement, table: Table): boolean =>
  createdTables(statement.tree, statement.dialect).some(({ name, isNew }) => isNew && name === tableName(table));

const renamesTo = (statement: ParsedStatement, table: Table): Table | null =>
  renamesOf(statement).find((one) => one.column === null && isSameTable({ schema: one.table.schema, name: one.to }, table))?.table ?? null;

const createdIn = rememberedAll(({ tree, dialect }: ParsedStatement) => createdTables(tree, dialect));
const renamesIn = rememberedAll(renamesOf);

/** Whether any of these changes make a table of that name. */
const isMade = (table: Table, all: readonly ParsedStatement[]): boolean =>
  createdIn(all).some(({ name, isNew }) => isNew && name === tableName(table)) ||
  renamesIn(all).some((one) => one.column === null && isSameTable({ schema: one.table.schema, name: one.to }, table));

/** The name that the base knows the table by; null when this change made it, or puts another in its place. */
function nameAtBase(table: Table, statement: ParsedStatement, { all }: Surroundings): Table | null {
  if (!isMade(table, all)) return table;
  const place = Math.max(0, all.indexOf(statement));
  const [above, below] = [all.slice(0, place), all.slice(place + 1)];
  if (above.some((earlier) => creates(earlier, table)) || below.some((later) => renamesTo(later, table))) return null;
  const old = above.flatMap((earlier) => renamesTo(earlier, table) ?? [])[0];
  if (!old) return table;
  return all.some((other) => creates(other, old) || renamesTo(other, old)) ? null : old;
}

/** What the base tells: there is no such table, or it is a partition, which partition-create-lock judges. */
function isNoMatter(table: Table, { schema }: Surroundings): boolean {
  if (!schema) return false;
  const relation = relationOf(schema.base, table);
  return relation ? relation.partitionOf !== null : schema.notApplied.length === 0;
}

function hit({ table }: DroppedTable, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const old = nameAtBase(table, statement, surroundings);
  if (!old || isNoMatter(old, surroundings) || includesTable(surroundings.file.ownTables ?? [], old)) return [];
  const form = `ALTER TABLE ${quotedTable(old)} RENAME TO ${quoted(`${old.name}_unused`)};`;
  return [
    {
      what: text`${tableName(old)} is dropped`,
      help: text`Release the code that does not name it first, and drop it in a later release. To find out whether anything still uses it, and to be able to go back: ${copied(form)}`,
    },
  ];
}

/** A table that running code may still use. */
export const dropTable = statementRule({
  id: "migrations/drop-table",
  answers: "migrations/safe",
  files: "migration",
  on: ["OBJECT_TABLE"],
  severity: "notice",
  sized: false,
  effect: text`Every statement of the code that still runs, and that names it, fails until the new release is everywhere; the rows do not come back with a rollback. The drop waits for every query on the table, and on those it has foreign keys to.`,
  look: (statement, surroundings) => droppedTables(statement).flatMap((dropped) => hit(dropped, statement, surroundings)),
});
