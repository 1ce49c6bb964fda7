import { PGlite } from "@electric-sql/pglite";
import type { Dialect } from "kysely";
import { asBytes } from "./as-bytes.js";
import type { EmbeddedDatabase } from "./database.js";
import { embeddedDialect } from "./dialect.js";
import { smallBuffers } from "./durable-database.js";

/** PGlite on this thread. */
export const onThisThread = (database: PGlite): EmbeddedDatabase => ({
  query: (sql, parameters) => database.query(sql, parameters),
  close: () => database.close(),
  abandon: async () => {},
});

/** kysely on an open PGlite, which it closes in the end. */
export const dialectOn = (database: EmbeddedDatabase): Dialect =>
  embeddedDialect(database, {
    permit: () => {},
    closed: () => {},
    reopen: async () => {
      throw new Error("A database in memory is gone when it stops.");
    },
  });

/** Starts PGlite on nothing, or on a data directory as a tar archive, and keeps nothing. */
export const startInMemory = (seed?: Blob): Promise<PGlite> =>
  PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...smallBuffers],
    ...asBytes,
    ...(seed === undefined ? {} : { loadDataDir: seed }),
  });
