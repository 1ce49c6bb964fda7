import { type Kysely, sql } from "kysely";
import { text } from "../../model/text.js";
import { readTables, type Table } from "../catalogue.js";
import { StoreError } from "../store-error.js";
import type { Tables } from "../tables.js";
import { type Header, header, lastLine, sequencesLine, tableLine, VERSION } from "./format.js";
import { LineReader, type Lines } from "./lines.js";
import { RowsReader } from "./rows.js";

async function readHeader(reader: LineReader, schema: string): Promise<Header> {
  const found = await reader.expect(header, "the first line of redline store export");
  if (found.version !== VERSION)
    throw reader.wrong(text`the export is of version ${found.version}, this Redline reads ${VERSION}`, 1, text`use a newer Redline`);
  if (found.schema === schema) return found;
  const remedy = text`import it with the Redline that wrote it, then start this one on that store: it brings the tables up to date`;
  throw reader.wrong(text`the export is of the schema ${found.schema}, this Redline is at ${schema}`, 1, remedy);
}

/** Nobody else writes until the import ends, and nothing is there yet. */
async function demandEmpty(db: Kysely<Tables>, tables: readonly Table[]): Promise<void> {
  await sql`lock table ${sql.join(tables.map(({ name }) => sql.table(name)))} in share row exclusive mode`.execute(db);
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0)
      throw new StoreError(text`The store is not empty: ${name} has rows. Import into a new directory, or into a new database.`);
  }
}

/** As the file has its columns. */
function ordered(reader: LineReader, table: Table | undefined, name: string, columns: readonly string[]): Table {
  if (table?.name !== name) throw reader.wrong(text`the table ${table?.name ?? "(none)"} is missing here`);
  const found = columns.flatMap((column) => table.columns.filter((known) => known.name === column));
  if (found.length === table.columns.length && columns.length === found.length) return { name, columns: found };
  throw reader.wrong(text`these are not the columns of ${name}`);
}

async function restoreSequences(db: Kysely<Tables>, values: Readonly<Record<string, number>>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select sequencename as name from pg_sequences where schemaname = current_schema()`.execute(db);
  for (const { name } of rows) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) await sql`select setval(${name}::regclass, ${value})`.execute(db);
  }
}

async function contents(db: Kysely<Tables>, reader: LineReader, schema: string): Promise<number> {
  const tables = await readTables(db);
  await demandEmpty(db, tables);
  const { tables: names } = await readHeader(reader, schema);
  if (names.length !== tables.length) throw reader.wrong(text`the export has ${names.length} tables, this Redline ${tables.length}`);
  let rows = 0;
  for (const table of tables) {
    const found = await reader.expect(tableLine, `the beginning of the table ${table.name}`);
    rows += await new RowsReader(db, reader, ordered(reader, table, found.table, found.columns)).all();
  }
  const { sequences } = await reader.expect(sequencesLine, "the line of the sequences");
  await reader.expect(lastLine, "the last line");
  if ((await reader.next()) !== null) throw reader.wrong(text`there is more after the last line`);
  await restoreSequences(db, sequences);
  return rows;
}

/**
 * Fills an empty store, as a whole or not at all.
 * @param schema the newest migration, at which the tables are.
 * @param file the file's name, for what is said about it.
 * @returns the number of rows
 * @throws TransferError with file and line, or StoreError for a store that is not empty.
 */
export function importStore(db: Kysely<Tables>, lines: Lines, schema: string, file: string): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    await sql`set local timezone = 'UTC'`.execute(transaction);
    return contents(transaction, new LineReader(file, lines), schema);
  });
}
