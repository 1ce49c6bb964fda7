import { type Kysely, sql } from "kysely";
import { hasColumns, readTables } from "../catalogue.js";
import { pullKeyColumns } from "../key.js";
import type { PullColumns, Tables } from "../tables.js";
import { AUDIT } from "./by-age.js";

const BATCH = 100;
const KEY = ["installation", "repository", "number", "merge_group"];
/** Not with the pull request: work that is still to be done, and the audit. */
const OTHERWISE: ReadonlySet<string> = new Set(["pull", "dirty", ...AUDIT]);

/** Tables whose rows belong to one pull request. */
async function tablesOfPulls(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await readTables(db);
  return tables.filter((table) => hasColumns(table, ...KEY) && !OTHERWISE.has(table.name)).map((table) => table.name);
}

const closedBefore = (db: Kysely<Tables>, before: Date) =>
  db
    .selectFrom("pull")
    .select(pullKeyColumns)
    .where("closedAt", "<", before)
    .where("open", "=", false)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("dirty")
            .select("dirty.number")
            .whereRef("dirty.installation", "=", "pull.installation")
            .whereRef("dirty.repository", "=", "pull.repository")
            .whereRef("dirty.number", "=", "pull.number")
            .whereRef("dirty.mergeGroup", "=", "pull.mergeGroup"),
        ),
      ),
    )
    .orderBy("closedAt")
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute();

function isOneOf(keys: readonly PullColumns[]) {
  const rows = keys.map((key) => sql`(${sql.join([key.installation, key.repository, key.number, key.mergeGroup])})`);
  return sql`(installation, repository, number, merge_group) in (${sql.join(rows)})`;
}

function removeBatch(db: Kysely<Tables>, tables: readonly string[], before: Date): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const keys = await closedBefore(transaction, before);
    if (keys.length === 0) return 0;
    for (const table of [...tables, "pull"]) await sql`delete from ${sql.table(table)} where ${isOneOf(keys)}`.execute(transaction);
    return keys.length;
  });
}

/** Writes down when a pull request was first seen closed, and forgets it of one that is open again. */
async function stamp(db: Kysely<Tables>, now: Date): Promise<void> {
  await db.updateTable("pull").set({ closedAt: now }).where("open", "=", false).where("closedAt", "is", null).execute();
  await db.updateTable("pull").set({ closedAt: null }).where("open", "=", true).where("closedAt", "is not", null).execute();
}

/** Removes pull requests that were closed before a date, with all that belongs to them. @returns how many */
export async function removeClosedPulls(db: Kysely<Tables>, now: Date, before: Date): Promise<number> {
  await stamp(db, now);
  const tables = await tablesOfPulls(db);
  for (let total = 0; ; ) {
    const removed = await removeBatch(db, tables, before);
    total += removed;
    if (removed === 0) return total;
  }
}
