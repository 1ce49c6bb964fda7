import { type Kysely, sql } from "kysely";
import { HARMLESS, INTERRUPTED } from "./harmless.js";
import { pullKey } from "./key.js";
import type { Dirty } from "./store.js";
import type { PullColumns, Tables } from "./tables.js";

interface Lease {
  readonly owner: string;
  readonly leaseMs: number;
  readonly except: readonly number[];
}

interface Claimed extends PullColumns {
  readonly sequence: number;
  readonly reason: string;
  readonly delivery: string | null;
  readonly fence: number;
  readonly attempt: number;
  readonly failingSince: Date | null;
}

/** Whether a gate is open is asked of so many marks that come next; most claims find a few. */
const LOOKED_AT = 128;

/** An open gate, which may have to be closed, comes as if it had waited for so much longer: before others, which still get their turn. */
const HEAD_START = "10 minutes";

const gateOpen = sql`exists (
  select from publication p join pull using (installation, repository, number, merge_group, head_sha)
  where (p.installation, p.repository, p.number, p.merge_group) = (dirty.installation, dirty.repository, dirty.number, dirty.merge_group)
    and (p.check_state = 'success' or p.check_state is null))`;

/**
 * Takes one mark that is due, or whose lease ran out. In turn: the installation that was served least
 * recently comes first, so that ten thousand marks of one do not keep the others waiting; of its marks the oldest,
 * but for open gates.
 */
export async function claim(db: Kysely<Tables>, now: Date, { owner, leaseMs, except }: Lease): Promise<Dirty | null> {
  const free = sql`dead_at is null
    and ((claimed_by is null and run_at <= ${now}) or (claimed_by is not null and lease_until < clock_timestamp()))`;
  const claimed = await sql<Claimed>`
    with next as (
      select dirty.installation, repository, number, merge_group, coalesce(turn.served, 0) as served, coalesce(run_at, claimed_at) as since
      from dirty left join installation_turn turn on turn.installation = dirty.installation
      where ${free} and coalesce(turn.held_until, '-infinity') <= ${now} and dirty.installation <> all(${except}::bigint[])
      order by served, since, sequence limit ${LOOKED_AT}
    ), due as (
      select dirty.* from next join dirty using (installation, repository, number, merge_group)
      where ${free}
      order by next.served, next.since - case when ${gateOpen} then ${HEAD_START} else '0' end::interval, sequence
      limit 1 for update of dirty skip locked
    ), turn as (
      insert into installation_turn (installation, served) select installation, nextval('dirty_sequence') from due
      on conflict (installation) do update set served = excluded.served
    )
    update dirty set claimed_by = ${owner}, claimed_at = ${now}, run_at = null, fence = nextval('dirty_sequence'),
      reason = case when due.claimed_by is not null and due.reason = any(${[...HARMLESS]}::text[]) then ${INTERRUPTED} else due.reason end,
      lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000}),
      attempt = dirty.attempt + case when due.claimed_by is null then 0 else 1 end
    from due
    where (dirty.installation, dirty.repository, dirty.number, dirty.merge_group)
      = (due.installation, due.repository, due.number, due.merge_group)
    returning dirty.*`.execute(db);
  const row = claimed.rows[0];
  if (row === undefined) return null;
  const { sequence, reason, delivery, fence, attempt, failingSince } = row;
  return { key: pullKey(row), sequence, reason, delivery, fence, attempt, failingSince };
}
