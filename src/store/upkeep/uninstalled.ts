import { type Kysely, sql } from "kysely";
import { hasColumns, readTables } from "../catalogue.js";
import type { Tables } from "../tables.js";
import { removeRows } from "./remove.js";

/** Partitions by themselves: a row's place is known within one of them only. */
async function partitions(db: Kysely<Tables>, table: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = ${table}::regclass`.execute(db);
  return rows.length === 0 ? [table] : rows.map((row) => row.name);
}

/** The installation's own row last, so that a removal which is cut off goes on the next time. */
const lastOf = (names: readonly string[]): readonly string[] => [
  ...names.filter((name) => name !== "installation"),
  ...names.filter((name) => name === "installation"),
];

async function removeInstallation(db: Kysely<Tables>, installation: number): Promise<number> {
  const tables = (await readTables(db)).filter((table) => hasColumns(table, "installation")).map((table) => table.name);
  let removed = 0;
  for (const table of lastOf(tables)) {
    for (const leaf of await partitions(db, table)) removed += await removeRows(db, leaf, sql`installation = ${installation}`);
  }
  return removed;
}

/** Removes every row of installations that were removed before a date. @returns rows */
export async function removeUninstalled(db: Kysely<Tables>, before: Date): Promise<number> {
  const known = (await readTables(db)).some((table) => table.name === "installation" && hasColumns(table, "state", "since"));
  if (!known) return 0;
  const { rows } = await sql<{ installation: number }>`
    select installation from installation where state = 'removed' and since < ${before} order by 1`.execute(db);
  let removed = 0;
  for (const { installation } of rows) removed += await removeInstallation(db, installation);
  return removed;
}
