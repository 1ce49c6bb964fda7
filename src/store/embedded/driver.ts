import { CompiledQuery, type DatabaseConnection, type Driver } from "kysely";
import { EmbeddedConnection } from "./connection.js";
import type { EmbeddedDatabase } from "./database.js";
import { type EndTurn, Turns } from "./turns.js";

const ACQUIRE_TIMEOUT_MS = 30_000;
/** Starting takes half a second of a core: a disk that stays full is not to cost more than the work it holds up. */
const RETRY_MS = 2_000;

export interface EmbeddedDriverOptions {
  /** Throws when the database must not be used any more. Asked before every query. */
  readonly permit: () => void;
  /** Called once, after the database was closed. */
  readonly closed: () => void;
  /** Starts the database anew after it stopped. */
  readonly reopen: () => Promise<EmbeddedDatabase>;
  readonly acquireTimeoutMs?: number;
  readonly retryMs?: number;
}

/**
 * kysely on PGlite's native API. Not through its `pg` bridge: there, after one failed parameterised query, the
 * next ones fail or receive each other's rows.
 */
export class EmbeddedDriver implements Driver {
  readonly #options: EmbeddedDriverOptions;
  readonly #turns: Turns;
  readonly #retryMs: number;
  #connection: EmbeddedConnection;
  #tried = 0;
  #end: EndTurn = () => {};

  constructor(database: EmbeddedDatabase, options: EmbeddedDriverOptions) {
    this.#options = options;
    this.#connection = new EmbeddedConnection(database, options.permit);
    this.#turns = new Turns(options.acquireTimeoutMs ?? ACQUIRE_TIMEOUT_MS);
    this.#retryMs = options.retryMs ?? RETRY_MS;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const end = await this.#turns.take();
    try {
      // Only here, never inside a transaction: what is left of one must not run on its own.
      if (this.#connection.stopped !== null) await this.#reopen(this.#connection.stopped);
    } catch (error) {
      end();
      throw error;
    }
    this.#end = end;
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async releaseConnection(): Promise<void> {
    this.#end();
  }

  async destroy(): Promise<void> {
    try {
      await this.#turns.take();
      await this.#connection.close();
    } finally {
      this.#options.closed();
    }
  }

  async #reopen(stopped: Error): Promise<void> {
    if (Date.now() - this.#tried < this.#retryMs) throw stopped;
    this.#tried = Date.now();
    this.#options.permit();
    await this.#connection.close();
    this.#connection = new EmbeddedConnection(await this.#options.reopen(), this.#options.permit);
  }
}
