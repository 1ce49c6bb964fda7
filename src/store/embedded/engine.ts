import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "../../model/text.js";
import type { Engine } from "../engine.js";
import { reasonOf, StoreError } from "../store-error.js";
import type { EmbeddedDatabase } from "./database.js";
import { embeddedDialect } from "./dialect.js";
import { checkFormat, writeFormat } from "./format.js";
import { acquireLock, type Lock } from "./lock.js";
import { dialectOn, onThisThread, startInMemory } from "./memory.js";
import { plant } from "./seed.js";
import { openThreaded } from "./threaded-database.js";

/** One process, which the lock sees to. */
const alone = { shared: false, listen: async () => async () => undefined };

export interface EmbeddedOptions {
  /** Opens the database of `:memory:`; a new one by default. */
  readonly memory?: (() => Promise<EmbeddedDatabase>) | undefined;
  readonly amcheck?: boolean | undefined;
}

async function start(directory: string, amcheck: boolean): Promise<EmbeddedDatabase> {
  try {
    return await openThreaded(join(directory, "postgres"), amcheck);
  } catch (error) {
    const reason = reasonOf(error);
    throw new StoreError(
      text`The database in ${directory} does not start: ${reason}. Make room if the disk is full; else restore a backup, or move it away to begin empty.`,
      error,
    );
  }
}

const unusable = (directory: string, error: unknown): StoreError =>
  new StoreError(text`The data directory ${directory} cannot be used: ${reasonOf(error)}. It must be writable by this user.`, error);

function take(directory: string): Lock {
  try {
    mkdirSync(directory, { recursive: true });
    return acquireLock(join(directory, "redline.lock"));
  } catch (error) {
    throw error instanceof StoreError ? error : unusable(directory, error);
  }
}

async function prepare(directory: string, schemas: readonly string[]): Promise<void> {
  try {
    checkFormat(directory, schemas);
    await plant(directory);
  } catch (error) {
    throw error instanceof StoreError ? error : unusable(directory, error);
  }
}

async function onDisk(directory: string, schemas: readonly string[], amcheck: boolean): Promise<Engine> {
  const lock = take(directory);
  try {
    await prepare(directory, schemas);
    const options = { permit: lock.permit, closed: lock.release, reopen: () => start(directory, amcheck) };
    const dialect = embeddedDialect(await start(directory, amcheck), options);
    return { dialect, migrated: (schema) => writeFormat(directory, schema), ...alone };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * PGlite in `directory`, which holds `postgres/`, our format stamp and the lock, or `:memory:`.
 * @throws StoreError when another process has it open, another version wrote it, or it does not start.
 */
export const embeddedEngine = async (
  directory: string,
  schemas: readonly string[],
  { memory = async () => onThisThread(await startInMemory()), amcheck = false }: EmbeddedOptions = {},
): Promise<Engine> =>
  directory === ":memory:" ? { dialect: dialectOn(await memory()), migrated: () => {}, ...alone } : onDisk(directory, schemas, amcheck);
