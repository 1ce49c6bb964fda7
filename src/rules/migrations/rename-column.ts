import { statement as copied, text } from "../../model/text.js";
import { addedColumns } from "../../sql/added-columns.js";
import { createdViews } from "../../sql/created-views.js";
import { type Rename, renamesOf } from "../../sql/renames.js";
import { isSameTable, type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** A column that this change adds, or a view that takes the table's place: running code never knew the one, and reads the other. */
function isUnknownToCode({ table, column }: Rename, statement: ParsedStatement, { all }: Surroundings): boolean {
  const above = all.slice(0, Math.max(0, all.indexOf(statement)));
  const added = above.flatMap(addedColumns).some((one) => one.name === column && isSameTable(one.table, table));
  return added || all.flatMap(createdViews).some((view) => isSameTable(view, table));
}

function hit(rename: Rename, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const { table, column, to } = rename;
  if (column === null || isUnknownToCode(rename, statement, surroundings)) return [];
  const on = `ALTER TABLE ${quotedTable(table)}`;
  const form = `${on} RENAME TO ${quoted(`${table.name}_table`)}; CREATE VIEW ${quotedTable(table)} AS SELECT *, ${quoted(column)} AS ${quoted(to)} FROM ${quoted(`${table.name}_table`)};`;
  return [
    {
      what: text`${tableName(table)}.${column} is renamed to ${to}`,
      table,
      help: text`Keep the name in the database and change it in the code's mapping; or add ${to} beside it, write both, copy the old values in batches, move the readers, and drop ${column} in a later release. Where only reads matter, a view can show both names meanwhile: ${copied(form)}`,
    },
  ];
}

/** A column that running code no longer finds under its name. */
export const renameColumn = statementRule({
  id: "migrations/rename-column",
  answers: "migrations/safe",
  files: "migration",
  on: ["RenameStmt"],
  severity: "warning",
  sized: false,
  effect: text`From the commit on, every statement of the code that still runs, and that names the old one, fails until the new release is everywhere.`,
  look: (statement, surroundings) => renamesOf(statement).flatMap((rename) => hit(rename, statement, surroundings)),
});
