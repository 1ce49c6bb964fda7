import { type Kysely, sql } from "kysely";
import { pullColumns, pullKey, pullKeyColumns } from "./key.js";
import type { Dirty, DirtySet, PullKey } from "./store.js";
import type { PullColumns, Tables } from "./tables.js";

/** {@link DirtySet.mark}, on a connection or inside the transaction that takes a delivery in. */
export async function mark(db: Kysely<Tables>, key: PullKey, reason: string, runAt: Date): Promise<number> {
  // Evaluated under the row's lock: of two concurrent marks the later one has the higher number.
  const sequence = sql<number>`nextval('dirty_sequence')`;
  const row = await db
    .insertInto("dirty")
    .values({ ...pullColumns(key), sequence, reason, runAt })
    .onConflict((conflict) =>
      conflict.columns(pullKeyColumns).doUpdateSet({ sequence, reason, runAt: sql<Date>`least(dirty.run_at, excluded.run_at)` }),
    )
    .returning("sequence")
    .executeTakeFirstOrThrow();
  return row.sequence;
}

async function claim(db: Kysely<Tables>, now: Date, worker: string): Promise<Dirty | null> {
  const claimed = await sql<PullColumns & { sequence: number; reason: string }>`
    with due as (
      select installation, repository, number, merge_group from dirty
      where claimed_by is null and run_at <= ${now}
      order by run_at, sequence limit 1 for update skip locked
    )
    update dirty set claimed_by = ${worker}, claimed_at = ${now}, run_at = null from due
    where (dirty.installation, dirty.repository, dirty.number, dirty.merge_group)
      = (due.installation, due.repository, due.number, due.merge_group)
    returning dirty.*`.execute(db);
  const row = claimed.rows[0];
  return row === undefined ? null : { key: pullKey(row), sequence: row.sequence, reason: row.reason };
}

async function release(db: Kysely<Tables>, { key, sequence }: Dirty, worker: string, again: Date | null): Promise<void> {
  const own = { ...pullColumns(key), claimedBy: worker };
  await db.transaction().execute(async (transaction) => {
    if (again === null) {
      await transaction
        .deleteFrom("dirty")
        .where((eb) => eb.and({ ...own, sequence }))
        .execute();
    }
    await transaction
      .updateTable("dirty")
      .set({ claimedBy: null, claimedAt: null, runAt: sql<Date>`least(run_at, ${again}::timestamptz)` })
      .where((eb) => eb.and(own))
      .execute();
  });
}

export function dirtySet(db: Kysely<Tables>): DirtySet {
  return {
    mark: (key, reason, runAt) => mark(db, key, reason, runAt),
    claim: (now, worker) => claim(db, now, worker),
    release: (dirty, worker, again) => release(db, dirty, worker, again),
    async recover() {
      await db
        .updateTable("dirty")
        .set({ claimedBy: null, claimedAt: null, runAt: sql<Date>`least(run_at, claimed_at)` })
        .where("claimedBy", "is not", null)
        .execute();
    },
    async next() {
      const row = await db
        .selectFrom("dirty")
        .select((eb) => eb.fn.min("runAt").as("runAt"))
        .where("claimedBy", "is", null)
        .executeTakeFirst();
      return row?.runAt ?? null;
    },
  };
}
