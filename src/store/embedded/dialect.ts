import { type Dialect, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import type { EmbeddedDatabase } from "./database.js";
import { EmbeddedDriver, type EmbeddedDriverOptions } from "./driver.js";

/** kysely on an open database, which it closes in the end. */
export const embeddedDialect = (database: EmbeddedDatabase, options: EmbeddedDriverOptions): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new EmbeddedDriver(database, options),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});
