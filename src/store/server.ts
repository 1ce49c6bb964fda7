import { type Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { text } from "../model/text.js";
import type { Engine } from "./engine.js";
import { reasonOf, StoreError } from "./store-error.js";
import { listenForWork } from "./wake-up.js";

const CONNECTIONS = 10;
// GitHub gives up after 10 s: whoever cannot be answered by then is answered with 503.
const CONNECT_TIMEOUT_MS = 8_000;
const LOCK_TIMEOUT_MS = 8_000;
// Of a process that is frozen inside a transaction: what it has locked would be nobody's until it wakes up.
const IDLE_TIMEOUT_MS = 15_000;
const OLDEST_VERSION = 150_000;

/** The same rule as the embedded engine: a number, and a BigInt only where a number would lose digits. */
function parseBigint(value: string): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => (id === pg.types.builtins.INT8 ? parseBigint : pg.types.getTypeParser(id, format)),
};

/** PostgreSQL >= 15 at the given URL, for more than one process or host. */
export function serverEngine(connectionString: string, lockMs = LOCK_TIMEOUT_MS, idleMs = IDLE_TIMEOUT_MS): Engine {
  const pool = new pg.Pool({ connectionString, types, max: CONNECTIONS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    // Nor may one that breaks inside a transaction, between two queries: the next one says so.
    client.on("error", () => {});
    client.query(`set lock_timeout = ${lockMs}; set idle_in_transaction_session_timeout = ${idleMs}`).catch(() => {});
  });
  return {
    dialect: new PostgresDialect({ pool }),
    migrated: () => {},
    shared: true,
    listen: (heard) => listenForWork(connectionString, heard),
  };
}

/** @throws StoreError when the server cannot be reached or is older than PostgreSQL 15. */
export async function checkServer<T>(db: Kysely<T>): Promise<void> {
  const query = sql<{ version: number; shown: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as shown`;
  const answer = await query.execute(db).catch((error: unknown) => {
    throw new StoreError(text`The database server of DATABASE_URL cannot be used: ${reasonOf(error)}.`, error);
  });
  const [row] = answer.rows;
  if (row !== undefined && row.version >= OLDEST_VERSION) return;
  throw new StoreError(text`DATABASE_URL names PostgreSQL ${row?.shown ?? "of unknown version"}; Redline needs 15 or newer.`);
}
