import { statement as copied, text } from "../../model/text.js";
import { createdTables } from "../../sql/created-tables.js";
import { createdViews } from "../../sql/created-views.js";
import { droppedTables } from "../../sql/drops.js";
import { rememberedAll } from "../../sql/remembered.js";
import { type Rename, renamesOf } from "../../sql/renames.js";
import { isSameTable, type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const createdIn = rememberedAll(({ tree, dialect }: ParsedStatement) => createdTables(tree, dialect));
const droppedIn = rememberedAll(droppedTables);
const renamesIn = rememberedAll(renamesOf);
const viewsIn = rememberedAll(createdViews);

/** Something else answers to the old name afterwards: a view, another table, or it was a table about to go. */
function isReplaced(old: Table, { all }: Surroundings): boolean {
  const renamedTo = renamesIn(all).filter(({ column }) => column === null);
  return (
    viewsIn(all).some((view) => isSameTable(view, old)) ||
    createdIn(all).some(({ name }) => name === tableName(old)) ||
    renamedTo.some(({ to, table }) => isSameTable({ schema: table.schema, name: to }, old))
  );
}

/** Renamed first and dropped in the same change: the drop is what matters. */
const isDropped = ({ table, to }: Rename, { all }: Surroundings): boolean =>
  droppedIn(all).some((dropped) => isSameTable(dropped.table, { schema: table.schema, name: to }));

function hit(rename: Rename, surroundings: Surroundings): readonly Hit[] {
  const { table, column, to } = rename;
  if (column !== null || isReplaced(table, surroundings) || isDropped(rename, surroundings)) return [];
  const renamed = { schema: table.schema, name: to };
  const form = `ALTER TABLE ${quotedTable(table)} RENAME TO ${quoted(to)}; CREATE VIEW ${quotedTable(table)} AS SELECT * FROM ${quotedTable(renamed)};`;
  return [
    {
      what: text`${tableName(table)} is renamed to ${to}`,
      table,
      help: text`Leave a view under the old name in the same transaction, through which simple reads and writes go on, and drop it once no code uses it: ${copied(form)}`,
    },
  ];
}

/** A table that running code no longer finds under its name. */
export const renameTable = statementRule({
  id: "migrations/rename-table",
  answers: "migrations/safe",
  files: "migration",
  on: ["RenameStmt"],
  severity: "warning",
  sized: false,
  effect: text`From the commit on, every statement of the code that still runs, and that names the old one, fails until the new release is everywhere.`,
  look: (statement, surroundings) => renamesOf(statement).flatMap((rename) => hit(rename, surroundings)),
});
