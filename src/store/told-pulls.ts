import { type Kysely, sql } from "kysely";
import { column, groupedRead, groupedWrite, keysOf, pullId } from "./grouped.js";
import { pullKey } from "./key.js";
import type { KnownPull, PullKey, Pulls } from "./store.js";
import type { PullColumns, Tables } from "./tables.js";

/** A row of `pull`, as far as it is of that type. */
type Row = PullColumns & Omit<KnownPull, "group" | "toldAt"> & { readonly toldAt: string | null };

export const known = ({ mergeGroup, toldAt, ...row }: Row): KnownPull => ({
  ...row,
  ...pullKey({ mergeGroup, ...row }),
  ...(toldAt !== null && { toldAt }),
});

const itself = (pull: KnownPull): PullKey => pull;

/** What comes without GitHub's time, a reading of ours, takes none away. */
const observe = (db: Kysely<Tables>) =>
  groupedWrite<KnownPull>(pullId, (pulls) =>
    sql`
    insert into pull (installation, repository, number, merge_group, owner, name, head_sha, head_repository, base_ref, open, told_at)
    select * from unnest(${keysOf(pulls, itself)}, ${column(pulls, "text", ({ owner }) => owner)}, ${column(pulls, "text", ({ name }) => name)},
      ${column(pulls, "text", ({ headSha }) => headSha)}, ${column(pulls, "bigint", ({ headRepository }) => headRepository)},
      ${column(pulls, "text", ({ baseRef }) => baseRef)}, ${column(pulls, "boolean", ({ open }) => open)},
      ${column(pulls, "text", ({ toldAt = null }) => toldAt)})
    on conflict (installation, repository, number, merge_group) do update set
      owner = excluded.owner, name = excluded.name, head_sha = excluded.head_sha, head_repository = excluded.head_repository,
      base_ref = excluded.base_ref, open = excluded.open, told_at = coalesce(excluded.told_at, pull.told_at),
      seen_at = case when (pull.head_sha, pull.base_ref, pull.open) = (excluded.head_sha, excluded.base_ref, excluded.open)
        and coalesce(excluded.told_at <= pull.told_at, true) then pull.seen_at else clock_timestamp() end
    where coalesce(excluded.told_at >= pull.told_at, true)`.execute(db),
  );

const get = (db: Kysely<Tables>) =>
  groupedRead<PullKey, KnownPull | null>(async (keys) => {
    const { rows } = await sql<Row>`
      select installation, repository, number, merge_group, owner, name, head_sha, head_repository, base_ref, open, told_at
      from pull where (installation, repository, number, merge_group) in (select * from unnest(${keysOf(keys, (key) => key)}))`.execute(db);
    const found = new Map(rows.map((row) => [pullId(pullKey(row)), known(row)]));
    return keys.map((key) => found.get(pullId(key)) ?? null);
  });

/** What events tell of pull requests and ask for: many of them come together, and are then one statement. */
export const toldPulls = (db: Kysely<Tables>): Pick<Pulls, "observe" | "get"> => ({ observe: observe(db), get: get(db) });
