import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Dialect, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { text } from "../../model/text.js";
import type { Engine } from "../engine.js";
import { reasonOf, StoreError } from "../store-error.js";
import { EmbeddedDriver, type EmbeddedDriverOptions } from "./driver.js";
import { DurableDatabase } from "./durable-database.js";
import { DurableFilesystem } from "./durable-filesystem.js";
import { checkFormat, writeFormat } from "./format.js";
import { acquireLock, type Lock } from "./lock.js";

const smallBuffers = ["-c", "shared_buffers=16MB"];
// PGlite starts PostgreSQL with -F, which switches fsync off.
const durable = [...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"), "-c", "wal_sync_method=fsync", ...smallBuffers];

const unguarded: EmbeddedDriverOptions = { permit: () => {}, closed: () => {} };

/** kysely on an open PGlite, which it closes in the end. */
export const embeddedDialect = (database: PGlite, options = unguarded): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new EmbeddedDriver(database, options),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

async function inMemory(seed: Blob | undefined): Promise<Engine> {
  const startParams = [...PGlite.defaultStartParams, ...smallBuffers];
  const database = await PGlite.create({ startParams, ...(seed === undefined ? {} : { loadDataDir: seed }) });
  return { dialect: embeddedDialect(database), migrated: () => {} };
}

/** PostgreSQL with fsync on the given directory, which is made when missing. */
export async function startDurable(filesystem: DurableFilesystem): Promise<PGlite> {
  const database = new DurableDatabase({ fs: filesystem, startParams: durable });
  await database.waitReady;
  return database;
}

async function start(directory: string): Promise<PGlite> {
  try {
    return await startDurable(new DurableFilesystem(join(directory, "postgres")));
  } catch (error) {
    const reason = reasonOf(error);
    throw new StoreError(
      text`The database in ${directory} does not start: ${reason}. Make room if the disk is full; else restore a backup, or move it away to begin empty.`,
      error,
    );
  }
}

function take(directory: string): Lock {
  try {
    mkdirSync(directory, { recursive: true });
    return acquireLock(join(directory, "redline.lock"));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      text`The data directory ${directory} cannot be used: ${reasonOf(error)}. It must be writable by this user.`,
      error,
    );
  }
}

async function onDisk(directory: string, schemas: readonly string[]): Promise<Engine> {
  const lock = take(directory);
  try {
    checkFormat(directory, schemas);
    const database = await start(directory);
    const options = { permit: lock.permit, closed: lock.release };
    return { dialect: embeddedDialect(database, options), migrated: (schema) => writeFormat(directory, schema) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * PGlite in `directory`, which holds `postgres/`, our format stamp and the lock, or `:memory:`.
 * @throws StoreError when another process has it open, another version wrote it, or it does not start.
 */
export const embeddedEngine = (directory: string, schemas: readonly string[], seed?: Blob): Promise<Engine> =>
  directory === ":memory:" ? inMemory(seed) : onDisk(directory, schemas);
