import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { text } from "../../model/text.js";
import { reasonOf, StoreError } from "../store-error.js";
import type { EmbeddedDatabase } from "./database.js";

const isPanic = (error: unknown): boolean =>
  error instanceof Error && "severity" in error && (error.severity === "PANIC" || error.severity === "FATAL");

/** The one connection to PGlite, by its native API. */
export class EmbeddedConnection implements DatabaseConnection {
  readonly #database: EmbeddedDatabase;
  readonly #permit: () => void;
  #stopped: StoreError | null = null;

  constructor(database: EmbeddedDatabase, permit: () => void) {
    this.#database = database;
    this.#permit = permit;
  }

  /** Why nothing may be asked any more: a full disk, a failed sync, a thread that ended. */
  get stopped(): StoreError | null {
    return this.#stopped;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#stopped !== null) throw this.#stopped;
    this.#permit();
    try {
      const { rows, affectedRows } = await this.#database.query<R>(query.sql, [...query.parameters]);
      return { rows, numAffectedRows: BigInt(affectedRows ?? 0) };
    } catch (error) {
      if (isPanic(error)) this.#stop(error);
      throw this.#stopped ?? error;
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("The embedded database does not stream.");
  }

  /** What stopped, or belongs to another process, is given up as it stands; all else is closed in order. */
  async close(): Promise<void> {
    try {
      if (this.#stopped !== null) return;
      this.#permit();
      await this.#database.close();
    } catch {
      // Nothing is lost: a database that was not closed recovers at its next start.
    } finally {
      await this.#database.abandon();
    }
  }

  #stop(error: unknown): void {
    this.#stopped ??= new StoreError(
      text`The database stopped: ${reasonOf(error)}. It is started again with the next query, once that is mended.`,
      error,
    );
  }
}
