import { text } from "../../model/text.js";
import { droppedColumns, droppedTables } from "../../sql/drops.js";
import { renamesOf } from "../../sql/renames.js";
import { isSameTable, type ParsedStatement, type Table, tableName } from "../../sql/tables.js";
import { writesOf } from "../../sql/writes.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** Create, copy, drop, rename: this is the copy into a table that takes another's name later. */
function rebuilt(statement: ParsedStatement, { all }: Surroundings): readonly Table[] {
  const copies = writesOf(statement).flatMap(({ verb, table }) => (verb === "INSERT … SELECT" && table ? [table] : []));
  return copies.flatMap((copy) => {
    const rename = all.flatMap(renamesOf).find(({ table, column }) => column === null && isSameTable(table, copy));
    const old = rename && { schema: rename.table.schema, name: rename.to };
    const isDropped = old && all.flatMap(droppedTables).some(({ table }) => isSameTable(table, old));
    return old && isDropped ? [old] : [];
  });
}

const help = text`Put all that is to be changed on the table into one rebuild, and run it at an hour when nothing is written.`;

function look(statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  return [
    ...rebuilt(statement, surroundings).map((table) => ({ what: text`${tableName(table)} is copied into a new table`, table, help })),
    ...droppedColumns(statement).map(({ table, column }) => ({
      what: text`DROP COLUMN ${tableName(table)}.${column} writes every row anew`,
      table,
      help,
    })),
  ];
}

/** A table of SQLite that is written anew as a whole. */
export const sqliteTableRebuild = statementRule({
  id: "migrations/sqlite-table-rebuild",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["sqlite"],
  severity: "notice",
  sized: true,
  effect: text`SQLite locks the whole database for writes until every row is copied, and every other writer waits or gets SQLITE_BUSY.`,
  look,
});
