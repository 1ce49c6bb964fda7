import type { PGlite } from "@electric-sql/pglite";
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from "kysely";
import { type EndTurn, Turns } from "./turns.js";

const ACQUIRE_TIMEOUT_MS = 30_000;

class EmbeddedConnection implements DatabaseConnection {
  readonly #database: PGlite;

  constructor(database: PGlite) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows } = await this.#database.query<R>(query.sql, [...query.parameters]);
    return { rows, numAffectedRows: BigInt(affectedRows ?? 0) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("The embedded database does not stream.");
  }
}

export interface EmbeddedDriverOptions {
  /** Throws when the database must not be used any more. Asked before every turn. */
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
  readonly #database: PGlite;
  readonly #connection: EmbeddedConnection;
  readonly #turns: Turns;
  readonly #options: EmbeddedDriverOptions;
  #end: EndTurn = () => {};

  constructor(database: PGlite, options: EmbeddedDriverOptions) {
    this.#database = database;
    this.#connection = new EmbeddedConnection(database);
    this.#turns = new Turns(options.acquireTimeoutMs ?? ACQUIRE_TIMEOUT_MS);
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const end = await this.#turns.take();
    try {
      this.#options.permit();
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
    await this.#turns.take();
    try {
      await this.#database.close();
    } finally {
      this.#options.closed();
    }
  }
}
