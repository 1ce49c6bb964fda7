import { type Kysely, sql } from "kysely";
import type { StoreClock } from "./store.js";
import type { Tables } from "./tables.js";

/** A smaller step back is a clock's being put right by a little, in milliseconds. */
const STEP_MS = 10_000;

/** Longer than any lease: whoever is alive renews it by then. */
const LEASE = "1 minute";

/**
 * What was written by a time that is still to come would wait for it: marks are due, nobody is on hold, no reading and no
 * answer is from the future, and leases of the dead end.
 */
async function wentBack(db: Kysely<Tables>): Promise<void> {
  const now = sql`clock_timestamp()`;
  for (const statement of [
    sql`update dirty set run_at = ${now} where run_at > ${now}`,
    sql`update dirty set lease_until = ${now} + ${LEASE}::interval where lease_until > ${now} + ${LEASE}::interval`,
    sql`update delivery set lease_until = ${now} + ${LEASE}::interval where lease_until > ${now} + ${LEASE}::interval`,
    sql`update installation_turn set held_until = null where held_until > ${now}`,
    sql`update intent set at = ${now} where at > ${now}`,
    sql`update publication set since = ${now} where since > ${now}`,
    sql`update pull set seen_at = ${now} where seen_at > ${now}`,
    sql`update net set at = ${now} where at > ${now}`,
    sql`delete from pull_facts where read_at > ${now}`,
  ]) {
    await statement.execute(db);
  }
}

async function read(db: Kysely<Tables>): Promise<Date> {
  const { rows } = await sql<{ now: Date; before: Date | null }>`
    with before as (select at from net where name = 'clock'), now as (
      insert into net (name, value, at) values ('clock', '', clock_timestamp()) on conflict (name) do update set at = excluded.at returning at
    )
    select now.at as now, before.at as before from now left join before on true`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error("the database told no time");
  if (row.before !== null && row.before.getTime() - row.now.getTime() > STEP_MS) await wentBack(db);
  return row.now;
}

export const storeClock = (db: Kysely<Tables>): StoreClock => ({ read: () => read(db) });
