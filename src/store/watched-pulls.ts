import { type Kysely, sql } from "kysely";
import { pullColumns, pullKey, repositoryColumns } from "./key.js";
import type { PullKey } from "./known.js";
import type { Tables } from "./tables.js";
import type { Nets, Sight, WatchedPull } from "./watched.js";

/** Activity is counted in days: a row that was touched within the hour is left alone, and with it the disk. */
const GRAIN_MS = 3_600_000;

const labelsOf = (json: string | null): readonly string[] => {
  const value: unknown = JSON.parse(json ?? "[]");
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
};

async function touch(db: Kysely<Tables>, key: PullKey, at: Date, sight: Sight | undefined): Promise<void> {
  const own = pullColumns(key);
  await db
    .updateTable("pull")
    .set({ activeAt: at })
    .where((eb) => eb.and(own))
    .where((eb) => eb.or([eb("activeAt", "is", null), eb("activeAt", "<", new Date(at.getTime() - GRAIN_MS))]))
    .execute();
  if (sight === undefined) return;
  await db
    .updateTable("pull")
    .set({ updatedAt: sight.updatedAt, labels: JSON.stringify(sight.labels) })
    .where((eb) => eb.and(own))
    .where((eb) => eb.or([eb("updatedAt", "is", null), eb(sql`updated_at collate "C"`, "<=", sight.updatedAt)]))
    .execute();
}

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

/** Pull requests as the nets compare them with GitHub's lists. */
export const watchedPulls = (db: Kysely<Tables>): Pick<Nets, "touch" | "ofRepository" | "active"> => ({
  touch: (key, at, sight) => touch(db, key, at, sight),
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
