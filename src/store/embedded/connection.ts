import type { PGlite } from "@electric-sql/pglite";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { text } from "../../model/text.js";
import { reasonOf, StoreError } from "../store-error.js";

const isPanic = (error: unknown): boolean =>
  error instanceof Error && "severity" in error && (error.severity === "PANIC" || error.severity === "FATAL");

/** The one connection to PGlite, by its native API. */
export class EmbeddedConnection implements DatabaseConnection {
  readonly #database: PGlite;
  readonly #permit: () => void;
  #stopped: StoreError | null = null;

  constructor(database: PGlite, permit: () => void) {
    this.#database = database;
    this.#permit = permit;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#check();
    try {
      const { rows, affectedRows } = await this.#database.query<R>(query.sql, [...query.parameters]);
      return { rows, numAffectedRows: BigInt(affectedRows ?? 0) };
    } catch (error) {
      // A full disk or a failed sync: nothing may be asked any more.
      if (isPanic(error))
        this.#stopped = new StoreError(text`The database stopped: ${reasonOf(error)}. Restart Redline once that is mended.`, error);
      throw this.#stopped ?? error;
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("The embedded database does not stream.");
  }

  /** Neither a stopped database nor one that belongs to another process is touched again, not even to close it. */
  async close(): Promise<void> {
    try {
      this.#check();
    } catch {
      return;
    }
    await this.#database.close();
  }

  #check(): void {
    if (this.#stopped !== null) throw this.#stopped;
    this.#permit();
  }
}
