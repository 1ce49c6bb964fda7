import { readdir, readFile } from "node:fs/promises";
import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { text } from "../model/text.js";
import { reasonOf, StoreError } from "./store-error.js";

/** Migrations by name; they run in the order of their names. */
export type Migrations = Readonly<Record<string, Migration>>;

const folder = new URL("./migrations/", import.meta.url);

/** One statement ends where a line ends with a semicolon: neither engine need take several at once. */
const statements = (file: string): string[] => file.split(/;\s*?\n/).filter((statement) => statement.trim() !== "");

const migration = (file: string): Migration => ({
  async up(db) {
    for (const statement of statements(file)) await sql.raw(statement).execute(db);
  },
});

/** The `.sql` files beside this module, in `src/` and in `dist/` alike. */
export async function ownMigrations(): Promise<Migrations> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const entries = files.map(
    async (name) => [name.replace(/\.sql$/, ""), migration(await readFile(new URL(name, folder), "utf8"))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** The newest name: what the tables are at after {@link migrate}. */
export const newest = (migrations: Migrations): string => Object.keys(migrations).sort().at(-1) ?? "";

const newer = (name: string): StoreError =>
  new StoreError(
    text`The database was written by a newer Redline: it has the migration ${name}, which this one does not know. Start that version again, or restore a backup made before the upgrade.`,
  );

async function done<T>(db: Kysely<T>): Promise<readonly string[]> {
  const table = await sql<{ found: string | null }>`select to_regclass('kysely_migration')::text as found`.execute(db);
  if (table.rows[0]?.found == null) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/** The newest migration that the tables have seen; null where there are none. */
export const schemaOf = async <T>(db: Kysely<T>): Promise<string | null> => (await done(db)).at(-1) ?? null;

async function refuseNewer<T>(db: Kysely<T>, migrations: Migrations): Promise<void> {
  const unknown = (await done(db)).find((name) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined) throw newer(unknown);
}

/** While another process upgrades, this one waits, however long that takes. */
function patiently<T>(db: Kysely<T>, work: (one: Kysely<T>) => Promise<void>): Promise<void> {
  return db.connection().execute(async (one) => {
    const { rows } = await sql<{ before: string }>`select current_setting('lock_timeout') as before`.execute(one);
    await sql`set lock_timeout = 0`.execute(one);
    try {
      await work(one);
    } finally {
      // A connection that broke needs no setting.
      await sql`select set_config('lock_timeout', ${rows[0]?.before ?? "0"}, false)`.execute(one).catch(() => undefined);
    }
  });
}

async function toLatest<T>(db: Kysely<T>, migrations: Migrations): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === "Error")?.migrationName ?? newest(migrations);
  throw new StoreError(text`The migration ${failed} failed and was rolled back: ${reasonOf(error)}.`, error);
}

/**
 * Brings the tables up to date in one transaction: an interrupted or failing migration leaves nothing behind. Of several
 * processes that start at once one does it.
 * @throws StoreError when the tables are newer than this program, or a migration fails.
 */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations): Promise<void> {
  await refuseNewer(db, migrations);
  await patiently(db, (one) => toLatest(one, migrations));
}
