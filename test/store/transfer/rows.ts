import { type Kysely, sql } from "kysely";
import { readTables, type Table } from "../../../src/store/catalogue.js";
import type { Tables } from "../../../src/store/tables.js";

/** Words that a check constraint allows, by table and column. */
async function allowed(db: Kysely<Tables>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; rule: string }>`
    select conrelid::regclass::text as name, pg_get_constraintdef(oid) as rule from pg_constraint where contype = 'c'`.execute(db);
  return new Map(
    rows.flatMap(({ name, rule }) => {
      const found = /\((\w+) = ANY \(ARRAY\['(\w+)'/.exec(rule);
      return found === null ? [] : [[`${name.replaceAll('"', "")}.${found[1]}`, found[2] ?? ""] as const];
    }),
  );
}

const byType: Readonly<Record<string, (row: number) => string>> = {
  bigint: (row) => `${9_007_199_254_740_990n + BigInt(row)}`,
  integer: (row) => `${row}`,
  text: (row) => `text ${row} "\\' \u{1f600}\u2028\r\n\t[{`,
  json: (row) => `{"row": ${row}, "nul": "\\u0000", "half": "\\ud800"}`,
  boolean: (row) => `${row % 2 === 0}`,
  "timestamp with time zone": (row) => `2026-01-0${row + 1} 10:20:30.123456+02`,
  "double precision[]": () => "{1.1,NULL,-0,5e-324,NaN}",
  "integer[]": (row) => `{${row},2}`,
  bytea: (row) => `\\x00ff5c0${row}`,
};

async function fillTable(db: Kysely<Tables>, { name, columns }: Table, words: ReadonlyMap<string, string>, row: number): Promise<void> {
  const values = columns.map((column) => {
    const made = byType[column.type];
    if (made === undefined) throw new Error(`rows.ts makes no values of the type ${column.type}, which ${name}.${column.name} has`);
    return sql`${words.get(`${name}.${column.name}`) ?? made(row)}::text::${sql.raw(column.type)}`;
  });
  const names = sql.join(columns.map((column) => sql.ref(column.name)));
  await sql`insert into ${sql.table(name)} (${names}) overriding system value values (${sql.join(values)})`.execute(db);
}

/** Two rows in every table that there is, a new one too. */
export async function fillEverything(db: Kysely<Tables>): Promise<readonly Table[]> {
  const [tables, words] = [await readTables(db), await allowed(db)];
  for (const table of tables) for (const row of [0, 1]) await fillTable(db, table, words, row);
  return tables;
}
