import { createHash, type Hash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { readTables, type Table } from "../catalogue.js";
import type { Tables } from "../tables.js";
import { VERSION } from "./format.js";

// Characters of rows that are in memory at a time, roughly: a batch is made smaller or larger after each one.
const LARGE = 4_000_000;
const SMALL = 500_000;
const MOST_ROWS = 2_000;

const line = (value: object): string => `${JSON.stringify(value)}\n`;

/** Texts that read the same everywhere, whatever the server's settings. */
const SETTINGS = [
  "set transaction isolation level repeatable read",
  "set local timezone = 'UTC'",
  "set local datestyle = 'ISO, YMD'",
  "set local bytea_output = 'hex'",
  "set local extra_float_digits = 3",
  "set local statement_timeout = 0",
  // Whoever reads may be slow.
  "set local idle_in_transaction_session_timeout = 0",
];

const nextSize = (rows: number, characters: number): number => {
  if (characters > LARGE) return Math.max(1, Math.floor(rows / 4));
  return characters < SMALL ? Math.min(MOST_ROWS, rows * 2) : rows;
};

/** Rows of one table, some lines at a time. */
async function* rowsOf(db: Kysely<Tables>, { name, columns }: Table, hash: Hash): AsyncGenerator<string, number> {
  const texts = sql.join(columns.map((column) => sql`${sql.ref(column.name)}::text`));
  await sql`declare exported no scroll cursor for select json_build_array(${texts})::text as line from ${sql.table(name)}`.execute(db);
  let count = 0;
  for (let size = 16; ; ) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(size)} from exported`.execute(db);
    if (rows.length === 0) break;
    const lines = `${rows.map((row) => row.line).join("\n")}\n`;
    hash.update(lines);
    count += rows.length;
    yield lines;
    size = nextSize(size, lines.length);
  }
  await sql`close exported`.execute(db);
  return count;
}

async function* tableOf(db: Kysely<Tables>, table: Table): AsyncGenerator<string> {
  const hash = createHash("sha256");
  yield line({ table: table.name, columns: table.columns.map((column) => column.name) });
  const rows = yield* rowsOf(db, table, hash);
  yield line({ end: table.name, rows, sha256: hash.digest("hex") });
}

/** After the rows: a sequence is never behind one that was read. */
async function sequences(db: Kysely<Tables>): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ name: string; value: number }>`
    select sequencename as name, last_value as value from pg_sequences
    where schemaname = current_schema() and last_value is not null order by sequencename collate "C"`.execute(db);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

async function* contents(db: Kysely<Tables>, schema: string): AsyncGenerator<string> {
  for (const setting of SETTINGS) await sql.raw(setting).execute(db);
  const tables = await readTables(db);
  yield line({ redline: "store", version: VERSION, schema, tables: tables.map((table) => table.name) });
  for (const table of tables) yield* tableOf(db, table);
  yield line({ sequences: await sequences(db) });
  yield line({ complete: true });
}

/** The whole store at one moment, as lines; a few megabytes of it are in memory at a time. */
export async function* exportStore(db: Kysely<Tables>, schema: string): AsyncGenerator<string> {
  const transaction = await db.startTransaction().execute();
  try {
    yield* contents(transaction, schema);
  } finally {
    // Nothing was written.
    await transaction.rollback().execute();
  }
}
