import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.js";
import type { Figures } from "./watched.js";

type Row = { readonly [Name in keyof Figures]: number | null };

/** Counts what waits; one statement over indexes that hold only what waits. */
export async function figures(db: Kysely<Tables>, now: Date): Promise<Figures> {
  const { rows } = await sql<Row>`
    select
      inbox.pending::float8 as inbox_pending,
      (1000 * extract(epoch from ${now}::timestamptz - inbox.oldest))::float8 as inbox_age_ms,
      (select count(*) from dirty where dead_at is null and coalesce(run_at, claimed_at) <= ${now})::float8 as dirty_due,
      (select 1000 * extract(epoch from ${now}::timestamptz - min(coalesce(run_at, claimed_at))) from dirty where dead_at is null)::float8
        as dirty_age_ms,
      (select count(*) from dirty where dead_at is not null)::float8 as dead_marks,
      inbox.dead::float8 as dead_deliveries,
      (select count(*) from installation_turn where held_until > ${now})::float8 as held,
      (select count(*) from bypass)::float8 as bypasses
    from (
      select count(*) filter (where state = 'received') as pending, min(received_at) filter (where state = 'received') as oldest,
        count(*) filter (where state = 'dead') as dead
      from delivery where state <> 'done'
    ) inbox`.execute(db);
  const row = rows[0];
  return {
    inboxPending: row?.inboxPending ?? 0,
    inboxAgeMs: Math.max(0, row?.inboxAgeMs ?? 0),
    dirtyDue: row?.dirtyDue ?? 0,
    dirtyAgeMs: Math.max(0, row?.dirtyAgeMs ?? 0),
    deadMarks: row?.deadMarks ?? 0,
    deadDeliveries: row?.deadDeliveries ?? 0,
    held: row?.held ?? 0,
    bypasses: row?.bypasses ?? 0,
  };
}
