import { type Kysely, sql } from "kysely";
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

/**
 * Takes one mark that is due, or whose lease ran out. In turn: the installation that was served least
 * recently comes first, so that ten thousand marks of one do not keep the others waiting.
 */
export async function claim(db: Kysely<Tables>, now: Date, { owner, leaseMs, except }: Lease): Promise<Dirty | null> {
  const claimed = await sql<Claimed>`
    with due as (
      select dirty.* from dirty left join installation_turn turn on turn.installation = dirty.installation
      where dead_at is null
        and ((claimed_by is null and run_at <= ${now}) or (claimed_by is not null and lease_until < clock_timestamp()))
        and coalesce(turn.held_until, '-infinity') <= ${now}
        and dirty.installation <> all(${except}::bigint[])
      order by coalesce(turn.served, 0), coalesce(run_at, claimed_at), sequence
      limit 1 for update of dirty skip locked
    ), turn as (
      insert into installation_turn (installation, served) select installation, nextval('dirty_sequence') from due
      on conflict (installation) do update set served = excluded.served
    )
    update dirty set claimed_by = ${owner}, claimed_at = ${now}, run_at = null, fence = nextval('dirty_sequence'),
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
