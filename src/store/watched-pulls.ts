import { type Kysely, sql } from "kysely";
import { column, groupedWrite, keysOf, pullId } from "./grouped.js";
import { pullKey, repositoryColumns } from "./key.js";
import type { PullKey } from "./known.js";
import type { Tables } from "./tables.js";
import type { Nets, Sight, WatchedPull } from "./watched.js";

/** Activity is counted in days: a row that was touched within the hour is left alone, and with it the disk. */
const GRAIN_MS = 3_600_000;

const labelsOf = (json: string | null): readonly string[] => {
  const value: unknown = JSON.parse(json ?? "[]");
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
};

interface Touch {
  readonly key: PullKey;
  readonly at: Date;
  readonly sight: Sight | undefined;
}

const touch = (db: Kysely<Tables>) =>
  groupedWrite<Touch>(
    ({ key }) => pullId(key),
    (all) =>
      sql`
      update pull set
        active_at = case when pull.active_at >= seen.stale then pull.active_at else seen.at end,
        updated_at = case when pull.updated_at collate "C" > seen.updated_at then pull.updated_at else coalesce(seen.updated_at, pull.updated_at) end,
        labels = case when pull.updated_at collate "C" > seen.updated_at then pull.labels else coalesce(seen.labels, pull.labels) end
      from unnest(${keysOf(all, ({ key }) => key)}, ${column(all, "timestamptz", ({ at }) => at.toISOString())},
        ${column(all, "timestamptz", ({ at }) => new Date(at.getTime() - GRAIN_MS).toISOString())},
        ${column(all, "text", ({ sight }) => sight?.updatedAt ?? null)}, ${column(all, "text", ({ sight }) => (sight ? JSON.stringify(sight.labels) : null))}
      ) as seen (installation, repository, number, merge_group, at, stale, updated_at, labels)
      where (pull.installation, pull.repository, pull.number, pull.merge_group)
        = (seen.installation, seen.repository, seen.number, seen.merge_group)
        and (coalesce(pull.active_at < seen.stale, true)
          or (coalesce(pull.updated_at collate "C" <= seen.updated_at, seen.updated_at is not null)
            and (pull.updated_at, pull.labels) is distinct from (seen.updated_at, seen.labels)))`.execute(db),
  );

/** Of pull requests only: what stands for other work is done once, and asked for by its own event. */
const watched = (db: Kysely<Tables>) =>
  db
    .selectFrom("pull")
    .selectAll("pull")
    .select([
      sql<boolean>`exists (select 1 from publication p where p.installation = pull.installation and p.repository = pull.repository
        and p.number = pull.number and p.merge_group = '' and p.head_sha = pull.head_sha
        and p.check_name = 'redline/' || pull.base_ref and p.check_state = 'in_progress')`.as("awaiting"),
      sql<boolean>`exists (select 1 from dirty d where d.installation = pull.installation and d.repository = pull.repository
        and d.number = pull.number and d.merge_group = '')`.as("attended"),
    ])
    .where("mergeGroup", "=", "");

type Row = Awaited<ReturnType<ReturnType<typeof watched>["execute"]>>[number];

const ofRow = (row: Row): WatchedPull => ({
  ...pullKey(row),
  owner: row.owner,
  name: row.name,
  headSha: row.headSha,
  headRepository: row.headRepository,
  baseRef: row.baseRef,
  open: row.open,
  ...(row.toldAt !== null && { toldAt: row.toldAt }),
  sight: row.updatedAt === null ? null : { updatedAt: row.updatedAt, labels: labelsOf(row.labels) },
  awaiting: row.awaiting,
  attended: row.attended,
});

const overridden = sql<boolean>`exists (select 1 from override_audit o where o.installation = pull.installation
  and o.repository = pull.repository and o.number = pull.number and o.merge_group = '' and o.head_sha = pull.head_sha)`;

const touching = (db: Kysely<Tables>): Nets["touch"] => {
  const touched = touch(db);
  return (key, at, sight) => touched({ key, at, sight });
};

/** Pull requests as the nets compare them with GitHub's lists. */
export const watchedPulls = (db: Kysely<Tables>): Pick<Nets, "touch" | "ofRepository" | "active"> => ({
  touch: touching(db),
  async ofRepository(key, numbers) {
    const rows = await watched(db)
      .where((eb) => eb.and(repositoryColumns(key)))
      .where((eb) => eb.or([eb("open", "=", true), ...(numbers.length > 0 ? [eb("number", "in", numbers)] : [])]))
      .orderBy("number")
      .execute();
    return rows.map(ofRow);
  },
  async active(since) {
    const rows = await db
      .with("candidate", () => watched(db).where("open", "=", true))
      .selectFrom("candidate as pull")
      .selectAll("pull")
      .where((eb) => eb.or([eb("pull.activeAt", ">=", since), eb("pull.awaiting", "=", true), overridden]))
      .orderBy("pull.installation")
      .orderBy("pull.repository")
      .orderBy("pull.number")
      .execute();
    return rows.map(ofRow);
  },
});
