import { statement as copied, text } from "../../model/text.js";
import { addedColumns } from "../../sql/added-columns.js";
import { columnOf, relationOf } from "../../sql/catalogue.js";
import { type DroppedColumn, droppedColumns } from "../../sql/drops.js";
import { rememberedAll } from "../../sql/remembered.js";
import { isSameTable, type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const addedIn = rememberedAll(addedColumns);

/** The base has the table without the column: this change added it, or it is there only by IF EXISTS. */
function isUnknownAtBase({ table, column }: DroppedColumn, statement: ParsedStatement, { schema, all }: Surroundings): boolean {
  const relation = schema && relationOf(schema.base, table);
  if (relation) return columnOf(relation, column) === null;
  const isIt = (added: { readonly table: Table; readonly name: string }): boolean =>
    added.name === column && isSameTable(added.table, table);
  // One that is added below is another column of that name.
  if (!addedIn(all).some(isIt)) return false;
  const above = all.slice(0, Math.max(0, all.indexOf(statement)));
  return above.flatMap(addedColumns).some(isIt);
}

function hit(dropped: DroppedColumn, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const { table, column } = dropped;
  const { unmentioned } = surroundings.statements;
  if (unmentioned?.includes(column) || isUnknownAtBase(dropped, statement, surroundings)) return [];
  const form = `ALTER TABLE ${quotedTable(table)} DROP COLUMN ${quoted(column)};`;
  return [
    {
      what: text`${tableName(table)}.${column} is dropped`,
      table,
      help: text`Release the code that does not name it first, its ORM's model included; then, in a later release: ${copied(form)}`,
    },
  ];
}

/** A column that running code may still read or write. */
export const dropColumn = statementRule({
  id: "migrations/drop-column",
  answers: "migrations/safe",
  files: "migration",
  on: ["AT_DropColumn"],
  severity: "notice",
  sized: false,
  effect: text`Every statement of the code that still runs, and that names it, fails until the new release is everywhere, SELECTs of an ORM's whole model among them; the values do not come back with a rollback.`,
  look: (statement, surroundings) => droppedColumns(statement).flatMap((dropped) => hit(dropped, statement, surroundings)),
});
