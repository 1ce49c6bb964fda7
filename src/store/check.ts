import { type Kysely, sql } from "kysely";
import { type Text, text } from "../model/text.js";
import { reasonOf } from "./store-error.js";
import type { Tables } from "./tables.js";

/** What can be seen of a store from outside. */
export interface Condition {
  readonly tables: number;
  /** Every row and index was read with PostgreSQL's amcheck; otherwise rows were counted twice, by table and by index. */
  readonly thorough: boolean;
  /** Empty for a sound one. */
  readonly damage: readonly Text[];
  /** Null when damage keeps it from being seen. */
  readonly work: Work | null;
}

export interface Work {
  /** When the longest waiting mark was due; null when nothing waits. */
  readonly oldestDue: Date | null;
  readonly deadMarks: number;
  readonly pendingDeliveries: number;
  readonly deadDeliveries: number;
}

interface Relation {
  readonly name: string;
  readonly kind: "r" | "i";
}

async function relations(db: Kysely<Tables>): Promise<readonly Relation[]> {
  const { rows } = await sql<Relation>`
    select c.relname as name, c.relkind as kind from pg_class c join pg_am a on a.oid = c.relam
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'i') and a.amname in ('heap', 'btree')
    order by c.relkind desc, c.relname collate "C"`.execute(db);
  return rows;
}

/** Says what goes wrong, and goes on: one damaged page is no reason not to look at the others. */
async function attempt(db: Kysely<Tables>, work: () => Promise<readonly Text[]>, failed: (why: string) => Text): Promise<readonly Text[]> {
  await sql`savepoint looking`.execute(db);
  try {
    return await work();
  } catch (error) {
    await sql`rollback to savepoint looking`.execute(db);
    return [failed(reasonOf(error))];
  }
}

async function readAll(db: Kysely<Tables>, { name, kind }: Relation): Promise<readonly Text[]> {
  if (kind === "i") {
    await sql`select bt_index_check(${name}::regclass, true)`.execute(db);
    return [];
  }
  const { rows } = await sql<{ block: number; why: string }>`
    select blkno as block, msg as why from verify_heapam(${name}::regclass) limit 5`.execute(db);
  return rows.map(({ block, why }) => text`the table ${name} is damaged in block ${block}: ${why}`);
}

async function countTwice(db: Kysely<Tables>, { name, kind }: Relation): Promise<readonly Text[]> {
  if (kind === "i") return [];
  const count = async (bySequence: "on" | "off") => {
    const other = bySequence === "on" ? "off" : "on";
    for (const [setting, value] of [
      ["seqscan", bySequence],
      ["indexscan", other],
      ["indexonlyscan", other],
      ["bitmapscan", "off"],
    ] as const)
      await sql.raw(`set local enable_${setting} = ${value}`).execute(db);
    return (await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db)).rows[0]?.n ?? 0;
  };
  const [rows, entries] = [await count("on"), await count("off")];
  return rows === entries ? [] : [text`the table ${name} has ${rows} rows, and ${entries} in its index`];
}

async function hasAmcheck(db: Kysely<Tables>): Promise<boolean> {
  const create = async (): Promise<readonly Text[]> => {
    await sql`create extension if not exists amcheck`.execute(db);
    return [];
  };
  return (await attempt(db, create, (why) => text`${why}`)).length === 0;
}

async function workOf(db: Kysely<Tables>, now: Date): Promise<Work | null> {
  const { rows } = await sql<Work>`
    select (select min(run_at) from dirty where run_at <= ${now} and dead_at is null) as oldest_due,
      (select count(*) from dirty where dead_at is not null) as dead_marks,
      (select count(*) from delivery where state = 'received') as pending_deliveries,
      (select count(*) from delivery where state = 'dead') as dead_deliveries`.execute(db);
  return rows[0] ?? null;
}

async function look(db: Kysely<Tables>, now: Date): Promise<Condition> {
  const [thorough, found] = [await hasAmcheck(db), await relations(db)];
  const damage: Text[] = [];
  for (const relation of found) {
    const read = () => (thorough ? readAll(db, relation) : countTwice(db, relation));
    damage.push(...(await attempt(db, read, (why) => text`${relation.name} cannot be read: ${why}`)));
  }
  const work = damage.length === 0 ? await workOf(db, now) : null;
  return { tables: found.filter(({ kind }) => kind === "r").length, thorough, damage, work };
}

/** Looks at every table, and changes nothing. */
export async function checkStore(db: Kysely<Tables>, now: Date): Promise<Condition> {
  const transaction = await db.startTransaction().execute();
  try {
    return await look(transaction, now);
  } finally {
    await transaction.rollback().execute();
  }
}
