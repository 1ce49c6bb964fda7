import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import type { EmbeddedDatabase } from "../../src/store/embedded/database.js";
import { PGLITE_VERSION } from "../../src/store/embedded/format.js";
import { dialectOn, onThisThread, startInMemory } from "../../src/store/embedded/memory.js";
import { migrate, ownMigrations } from "../../src/store/migrate.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import { EMPTY_TABLES } from "./empty-tables.js";

const migrations = new URL("../../src/store/migrations/", import.meta.url);

/** Changes whenever the seed would. */
function fingerprint(): string {
  const hash = createHash("sha256")
    .update(PGLITE_VERSION)
    .update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(new URL(name, migrations)));
  return hash.digest("hex").slice(0, 16);
}

const folder = fileURLToPath(new URL("../../node_modules/.cache/redline/", import.meta.url));
const cached = () => join(folder, `store-${fingerprint()}.tar`);

/** Small logs, and no copies of the catalogue that nobody opens: a third of what there would be to unpack. */
async function make(): Promise<Blob> {
  const database = await PGlite.create({
    initDbStartParams: ["--wal-segsize=1", "--no-sync"],
    startParams: [...PGlite.defaultStartParams, ...["wal_recycle=off", "min_wal_size=2MB"].flatMap((setting) => ["-c", setting])],
  });
  const db = new Kysely<object>({ dialect: dialectOn(onThisThread(database)) });
  await migrate(db, await ownMigrations());
  for (const statement of ["update pg_database set datistemplate = false", "drop database template0", "drop database template1"]) {
    await database.exec(statement);
  }
  await database.exec("checkpoint");
  const seed = await database.dumpDataDir("none");
  await db.destroy();
  return seed;
}

/** Renamed into place, because several test files may do this at once; seeds of other versions go. */
async function keep(seed: Blob): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.startsWith("store-")) rmSync(join(folder, name), { force: true });
  const temporary = join(folder, randomUUID());
  writeFileSync(temporary, Buffer.from(await seed.arrayBuffer()));
  renameSync(temporary, cached());
}

/** A migrated, empty data directory as a tar archive: made once per version of the migrations, kept in node_modules/.cache. */
export async function memorySeed(): Promise<Blob> {
  try {
    return new Blob([readFileSync(cached())]);
  } catch {
    const seed = await make();
    await keep(seed);
    return seed;
  }
}

/** The names of all tables and indexes: whoever changes them keeps the database. */
const RELATIONS =
  "select string_agg(relname, ' ' order by relname) as names from pg_class where relnamespace = 'public'::regnamespace and relpersistence = 'p'";

const relationsOf = async (database: PGlite): Promise<string> => (await database.query<{ names: string }>(RELATIONS)).rows[0]?.names ?? "";

interface Idle {
  readonly database: PGlite;
  readonly relations: string;
}

/** Databases that a test file is done with. Files share their modules: the next one begins with an empty database, and not with a start. */
const idle: Idle[] = [];

async function start(): Promise<Idle> {
  const database = await startInMemory(await memorySeed());
  return { database, relations: await relationsOf(database) };
}

/** As after a start: no transaction, no setting, no lock, no row. */
async function cleaned({ database, relations }: Idle): Promise<boolean> {
  for (const statement of ["rollback", "discard all", EMPTY_TABLES]) await database.exec(statement);
  return (await relationsOf(database)) === relations;
}

async function giveBack(used: Idle): Promise<void> {
  const isAsNew = await cleaned(used).catch(() => false);
  if (isAsNew) idle.push(used);
  else await used.database.close();
}

/** An empty, migrated database in memory. Once closed, it answers nothing more, and its PostgreSQL is there for the next one. */
export async function openMemory(): Promise<EmbeddedDatabase> {
  const used = idle.pop() ?? (await start());
  const own = onThisThread(used.database);
  let isClosed = false;
  return {
    query: async (sql, parameters) => {
      if (isClosed) throw new Error("PGlite is closed");
      return own.query(sql, parameters);
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await giveBack(used);
    },
    abandon: async () => {
      isClosed = true;
    },
  };
}

/** An empty store in memory. */
export const openMemoryStore = (): Promise<Store> => openStore({ dataDirectory: ":memory:", memory: openMemory });
