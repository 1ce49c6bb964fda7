import type { PGlite } from "@electric-sql/pglite";
import { CompiledQuery, type DatabaseConnection, type Driver } from "kysely";
import { EmbeddedConnection } from "./connection.js";
import { type EndTurn, Turns } from "./turns.js";

const ACQUIRE_TIMEOUT_MS = 30_000;

export interface EmbeddedDriverOptions {
  /** Throws when the database must not be used any more. Asked before every query. */
  readonly permit: () => void;
  /** Called once, after the database was closed. */
  readonly closed: () => void;
  readonly acquireTimeoutMs?: number;
}

/**
 * kysely on PGlite's native API. Not through its `pg` bridge: there, after one failed parameterised query, the
 * next ones fail or receive each other's rows.
 */
export class EmbeddedDriver implements Driver {
  readonly #connection: EmbeddedConnection;
  readonly #turns: Turns;
  readonly #closed: () => void;
  #end: EndTurn = () => {};

  constructor(database: PGlite, { permit, closed, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS }: EmbeddedDriverOptions) {
    this.#connection = new EmbeddedConnection(database, permit);
    this.#turns = new Turns(acquireTimeoutMs);
    this.#closed = closed;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#end = await this.#turns.take();
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
      this.#closed();
    }
  }
}
