import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.js";

/** Dates before it are no dates of runs: a month is made for none of them. */
const FIRST = Date.UTC(2008, 0, 1);

const monthOf = (date: Date): Date => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
const after = (month: Date): Date => new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));
const nameOf = (month: Date): string => `run_${month.toISOString().slice(0, 7).replace("-", "_")}`;
const quoted = (date: Date) => sql.lit(date.toISOString());

/** `run_2026_11` -> the first moment of that month; null for a partition that is no month. */
function monthNamed(name: string): Date | null {
  const found = /^run_(\d{4})_(\d{2})$/.exec(name);
  return found === null ? null : new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, 1));
}

async function partitions(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits join pg_class c on c.oid = inhrelid
    where inhparent = 'run'::regclass order by 1`.execute(db);
  return rows.map((row) => row.name);
}

/** Months of rows that no partition was there for. */
async function strays(db: Kysely<Tables>, now: Date): Promise<readonly Date[]> {
  const { rows } = await sql<{ month: Date }>`
    select distinct date_trunc('month', at, 'UTC') as month from run_other
    where at >= ${new Date(FIRST)} and at < ${after(after(monthOf(now)))}`.execute(db);
  return rows.map((row) => row.month);
}

/** Makes the partition of a month and takes over the rows that had none. */
async function make(db: Kysely<Tables>, month: Date): Promise<void> {
  const [name, from, to] = [sql.table(nameOf(month)), quoted(month), quoted(after(month))];
  await sql`create table ${name} (like run including all)`.execute(db);
  await sql`
    with moved as (delete from run_other where at >= ${from}::timestamptz and at < ${to}::timestamptz returning *)
    insert into ${name} select * from moved`.execute(db);
  await sql`alter table run attach partition ${name} for values from (${from}) to (${to})`.execute(db);
}

/** This month's partition, the next one's, and those of rows that came without: an import, or a late run. */
export function makeMonths(db: Kysely<Tables>, now: Date): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    // Two processes may keep one server: the second finds the months made.
    await sql`select pg_advisory_xact_lock(hashtext('redline months'))`.execute(transaction);
    const made = new Set(await partitions(transaction));
    const wanted = [monthOf(now), after(monthOf(now)), ...(await strays(transaction, now))];
    const missing = new Map(wanted.filter((month) => !made.has(nameOf(month))).map((month) => [nameOf(month), month]));
    for (const month of missing.values()) await make(transaction, month);
    return missing.size;
  });
}

/** Drops the months that lie before a date as a whole. @returns how many */
export async function dropMonths(db: Kysely<Tables>, before: Date): Promise<number> {
  const old = (await partitions(db)).filter((name) => {
    const month = monthNamed(name);
    return month !== null && after(month) <= before;
  });
  for (const name of old) await sql`drop table if exists ${sql.table(name)}`.execute(db);
  return old.length;
}
