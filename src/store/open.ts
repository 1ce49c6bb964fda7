import { CamelCasePlugin, Kysely } from "kysely";
import { text } from "../model/text.js";
import { storeClock } from "./clock.js";
import { dirtySet } from "./dirty.js";
import type { EmbeddedDatabase } from "./embedded/database.js";
import { embeddedEngine } from "./embedded/engine.js";
import type { Engine } from "./engine.js";
import { gateRecords } from "./gate-records.js";
import { heads } from "./heads.js";
import { history } from "./history.js";
import { inbox } from "./inbox.js";
import { installations } from "./installations.js";
import { type Migrations, migrate, newest, ownMigrations, schemaOf } from "./migrate.js";
import { nets } from "./nets.js";
import { overrideRecords } from "./override-records.js";
import { publications } from "./publications.js";
import { pulls } from "./pulls.js";
import { readings } from "./readings.js";
import { checkServer, serverEngine } from "./server.js";
import type { Store } from "./store.js";
import { StoreError } from "./store-error.js";
import type { Tables } from "./tables.js";
import { upkeep } from "./upkeep/upkeep.js";

export interface StoreOptions {
  /** `postgres://…`: a server. Wins over `dataDirectory`. */
  readonly databaseUrl?: string | undefined;
  /** The embedded database's directory, made when missing; `:memory:` keeps nothing. */
  readonly dataDirectory?: string | undefined;
  /** Opens the database of `:memory:`; a new one by default. */
  readonly memory?: (() => Promise<EmbeddedDatabase>) | undefined;
  /** How long a query waits for a lock on a server, in milliseconds. */
  readonly lockMs?: number | undefined;
  /** How long a transaction on a server may do nothing before it is undone, in milliseconds. */
  readonly idleMs?: number | undefined;
  /** Brings amcheck along, which the embedded database otherwise does not load. */
  readonly amcheck?: boolean | undefined;
}

const nowhere = text`No database: set DATABASE_URL to a PostgreSQL server, or name a data directory.`;

async function connect(options: StoreOptions, schemas: readonly string[]) {
  if (options.databaseUrl) return serverEngine(options.databaseUrl, options.lockMs, options.idleMs);
  if (options.dataDirectory) return embeddedEngine(options.dataDirectory, schemas, options);
  throw new StoreError(nowhere);
}

/** The tables, up to date, and what they lie in. Closing is the caller's. */
export interface Opened extends Pick<Engine, "shared" | "listen"> {
  readonly db: Kysely<Tables>;
}

/** A database as it is found, and the migrations that this program knows. */
interface Attached extends Opened {
  readonly engine: Engine;
  readonly migrations: Migrations;
}

async function attach(options: StoreOptions): Promise<Attached> {
  const migrations = await ownMigrations();
  const engine = await connect(options, Object.keys(migrations));
  const db = new Kysely<Tables>({ dialect: engine.dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] });
  try {
    if (options.databaseUrl) await checkServer(db);
    return { db, shared: engine.shared, listen: engine.listen, engine, migrations };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

export async function openTables(options: StoreOptions): Promise<Opened> {
  const { engine, migrations, ...opened } = await attach(options);
  try {
    await migrate(opened.db, migrations);
    engine.migrated(newest(migrations));
    return opened;
  } catch (error) {
    await opened.db.destroy();
    throw error;
  }
}

const another = (found: string, own: string): StoreError =>
  new StoreError(
    text`The store's tables are at ${found}, this Redline is at ${own}. Do this with the Redline that runs on it, or start this one on it once: that brings them up to date.`,
  );

/**
 * The tables as they are, for commands: nothing is upgraded under a Redline that may be running. With `make`, those of an
 * empty database are made.
 * @returns also the newest migration, at which they are.
 * @throws StoreError when there are none, or they are of another version.
 */
export async function openTablesAsTheyAre(
  options: StoreOptions,
  make: boolean,
): Promise<{ readonly db: Kysely<Tables>; readonly schema: string }> {
  const { engine, migrations, db } = await attach(options);
  const schema = newest(migrations);
  try {
    const found = await schemaOf(db);
    if (found === null && !make) throw new StoreError(text`There are no tables of Redline in this database.`);
    if (found !== null && found !== schema) throw another(found, schema);
    if (found === null) await migrate(db, migrations);
    engine.migrated(schema);
    return { db, schema };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

export const storeOn = ({ db, shared, listen }: Opened): Store => ({
  inbox: inbox(db, !shared),
  dirty: dirtySet(db, !shared),
  pulls: pulls(db),
  publications: publications(db),
  history: history(db),
  heads: heads(db),
  installations: installations(db),
  nets: nets(db),
  gate: gateRecords(db),
  shared,
  listen,
  overrides: overrideRecords(db),
  readings: readings(db),
  upkeep: upkeep(db),
  clock: storeClock(db),
  close: () => db.destroy(),
});

/**
 * Opens the store and brings its tables up to date.
 * @throws StoreError when another process holds the directory, it or the server is of another version, or a migration fails.
 */
export const openStore = async (options: StoreOptions): Promise<Store> => storeOn(await openTables(options));
