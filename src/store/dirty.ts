import { type Kysely, type SqlBool, sql } from "kysely";
import { claim } from "./claim.js";
import { HARMLESS, INTERRUPTED } from "./harmless.js";
import { pullColumns, pullKey, pullKeyColumns } from "./key.js";
import type { DeadMark, Dirty, DirtySet, FailedTry, PullKey } from "./store.js";
import type { Tables } from "./tables.js";
import { WORK_CHANNEL } from "./work-channel.js";

const MESSAGE_LENGTH = 2_000;

export interface Mark {
  readonly key: PullKey;
  readonly reason: string;
  readonly runAt: Date;
  readonly delivery: string | null;
}

const harmless = sql`any(${[...HARMLESS]}::text[])`;

/** What a mark was raised for last, unless it waits for a look that may take something from an open gate: `fence` is of the last claim. */
const reasonOf = sql<string>`case
  when excluded.reason = ${harmless} and not dirty.reason = ${harmless} and dirty.claimed_by is null and dirty.dead_at is null
    and (dirty.sequence > dirty.fence or dirty.message is not null)
  then dirty.reason else excluded.reason end`;

/** {@link DirtySet.mark} of several, on a connection or inside the transaction that takes deliveries in. No key twice. */
export async function markAll(db: Kysely<Tables>, marks: readonly Mark[]): Promise<number> {
  // Evaluated under the row's lock: of two concurrent marks the later one has the higher number.
  const sequence = sql<number>`nextval('dirty_sequence')`;
  const alive = { attempt: 0, failingSince: null, message: null, deadAt: null };
  const row = await db
    .insertInto("dirty")
    .values(marks.map(({ key, reason, runAt, delivery }) => ({ ...pullColumns(key), sequence, reason, runAt, delivery })))
    .onConflict((conflict) =>
      conflict.columns(pullKeyColumns).doUpdateSet({
        ...alive,
        sequence,
        reason: reasonOf,
        delivery: sql<string | null>`excluded.delivery`,
        runAt: sql<Date>`least(dirty.run_at, excluded.run_at)`,
      }),
    )
    .returning(["sequence", sql`pg_notify(${WORK_CHANNEL}, '')`.as("told")])
    .executeTakeFirstOrThrow();
  return row.sequence;
}

const held = ({ key, fence }: Dirty, owner: string) => ({ ...pullColumns(key), fence, claimedBy: owner });

const free = { claimedBy: null, claimedAt: null, leaseUntil: null };

async function release(db: Kysely<Tables>, dirty: Dirty, owner: string, again: Date | null): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    if (again === null) {
      const done = await transaction
        .deleteFrom("dirty")
        .where((eb) => eb.and({ ...held(dirty, owner), sequence: dirty.sequence }))
        .executeTakeFirst();
      if (done.numDeletedRows > 0n) return true;
    }
    const kept = await transaction
      .updateTable("dirty")
      .set({ ...free, attempt: 0, failingSince: null, message: null, runAt: sql<Date>`least(run_at, ${again}::timestamptz)` })
      .where((eb) => eb.and(held(dirty, owner)))
      .executeTakeFirst();
    return kept.numUpdatedRows > 0n;
  });
}

/**
 * A mark that was raised during the try is neither dead nor put off: `run_at` says when it is due, and its failures are
 * forgotten, but not what the try was for.
 */
async function fail(db: Kysely<Tables>, dirty: Dirty, owner: string, { message, attempt, again }: FailedTry): Promise<boolean> {
  const quiet = sql<SqlBool>`run_at is null`;
  const failed = await db
    .updateTable("dirty")
    .set((eb) => ({
      ...free,
      ...(!HARMLESS.has(dirty.reason) && { reason: sql<string>`case when reason = ${harmless} then ${dirty.reason} else reason end` }),
      attempt: eb.case().when(quiet).then(attempt).else(0).end(),
      failingSince: sql<Date>`case when run_at is null then coalesce(failing_since, clock_timestamp()) end`,
      message: message.replaceAll("\0", "").slice(0, MESSAGE_LENGTH),
      deadAt: again === null ? sql<Date>`case when run_at is null then clock_timestamp() end` : null,
      runAt: sql<Date>`coalesce(run_at, ${again}::timestamptz)`,
    }))
    .where((eb) => eb.and(held(dirty, owner)))
    .executeTakeFirst();
  return failed.numUpdatedRows > 0n;
}

async function renew(db: Kysely<Tables>, dirty: Dirty, owner: string, leaseMs: number): Promise<boolean> {
  const renewed = await db
    .updateTable("dirty")
    .set({ leaseUntil: sql<Date>`clock_timestamp() + make_interval(secs => ${leaseMs / 1000})` })
    .where((eb) => eb.and(held(dirty, owner)))
    .executeTakeFirst();
  return renewed.numUpdatedRows > 0n;
}

async function holds(db: Kysely<Tables>, dirty: Dirty, owner: string): Promise<boolean> {
  const row = await db
    .selectFrom("dirty")
    .select("fence")
    .where((eb) => eb.and(held(dirty, owner)))
    .executeTakeFirst();
  return row !== undefined;
}

async function hold(db: Kysely<Tables>, installation: number, heldUntil: Date): Promise<void> {
  const longer = sql<Date>`greatest(installation_turn.held_until, excluded.held_until)`;
  await db
    .insertInto("installationTurn")
    .values({ installation, heldUntil })
    .onConflict((conflict) => conflict.column("installation").doUpdateSet({ heldUntil: longer }))
    .execute();
}

const unknownReason = sql<string>`case when reason = ${harmless} then ${INTERRUPTED} else reason end`;

async function recover(db: Kysely<Tables>): Promise<void> {
  await db
    .updateTable("dirty")
    .set((eb) => ({ ...free, reason: unknownReason, attempt: eb("attempt", "+", 1), runAt: sql<Date>`least(run_at, claimed_at)` }))
    .where("claimedBy", "is not", null)
    .execute();
}

async function next(db: Kysely<Tables>, except: readonly number[]): Promise<Date | null> {
  const due = await sql<{ at: Date | null }>`
    select min(greatest(dirty.run_at, turn.held_until)) as at
    from dirty left join installation_turn turn on turn.installation = dirty.installation
    where claimed_by is null and dead_at is null and dirty.installation <> all(${except}::bigint[])`.execute(db);
  return due.rows[0]?.at ?? null;
}

async function dead(db: Kysely<Tables>): Promise<readonly DeadMark[]> {
  const rows = await db.selectFrom("dirty").selectAll().where("deadAt", "is not", null).orderBy("deadAt").execute();
  return rows.flatMap(({ reason, message, deadAt, ...row }) =>
    deadAt === null ? [] : [{ key: pullKey(row), reason, message: message ?? "", at: deadAt }],
  );
}

/** @param exclusive no other process can have this database open. */
export function dirtySet(db: Kysely<Tables>, exclusive: boolean): DirtySet {
  return {
    mark: (key, reason, runAt, delivery = null) => markAll(db, [{ key, reason, runAt, delivery }]),
    claim: (now, owner, leaseMs, except = []) => claim(db, now, { owner, leaseMs, except }),
    renew: (dirty, owner, leaseMs) => renew(db, dirty, owner, leaseMs),
    holds: (dirty, owner) => holds(db, dirty, owner),
    release: (dirty, owner, again) => release(db, dirty, owner, again),
    fail: (dirty, owner, failed) => fail(db, dirty, owner, failed),
    hold: (installation, until) => hold(db, installation, until),
    recover: async () => (exclusive ? recover(db) : undefined),
    next: (except = []) => next(db, except),
    dead: () => dead(db),
  };
}
