import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { openTables, storeOn, type Opened as Tabled } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import type { Tables } from "../../src/store/tables.js";
import { EMPTY_TABLES } from "./empty-tables.js";
import { openMemory } from "./memory.js";
import { startPostgres, type TestServer } from "./postgres.js";

export interface Opened {
  readonly store: Store;
  readonly db: Kysely<Tables>;
}

interface TestEngine {
  readonly name: string;
  open(): Promise<Tabled>;
}

let server: TestServer | undefined;

const engines: readonly TestEngine[] = [
  { name: "the embedded database", open: async () => openTables({ dataDirectory: ":memory:", memory: openMemory }) },
  {
    name: "a PostgreSQL server",
    async open() {
      server = await startPostgres();
      return openTables({ databaseUrl: await server.createDatabase() });
    },
  },
];

// One database of each kind per test file.
const databases = new Map<TestEngine, Opened>();

async function opened(engine: TestEngine): Promise<Opened> {
  const found = databases.get(engine);
  if (found !== undefined) return found;
  const tabled = await engine.open();
  const made = { db: tabled.db, store: storeOn(tabled) };
  databases.set(engine, made);
  return made;
}

/** The next file, which may share this module, begins anew. */
async function closeAll(): Promise<void> {
  for (const { store } of databases.values()) await store.close();
  databases.clear();
  await server?.stop();
  server = undefined;
}

/** As after a start on an empty database. */
export async function emptyTables(db: Kysely<Tables>): Promise<void> {
  await sql.raw(EMPTY_TABLES).execute(db);
}

/** Declares the same tests once per engine. Each starts with empty tables; the given functions, of the engine's own database and of the other one's, are for use inside tests. */
export function describeOnBothEngines(subject: string, tests: (current: () => Opened, other: () => Promise<Opened>) => void): void {
  afterAll(closeAll);
  for (const engine of engines) {
    describe(`${subject} on ${engine.name}`, () => {
      let current: Opened;
      beforeAll(async () => {
        current = await opened(engine);
      });
      beforeEach(() => emptyTables(current.db));
      const other = engines.find((one) => one !== engine) ?? engine;
      tests(
        () => current,
        () => opened(other),
      );
    });
  }
}
