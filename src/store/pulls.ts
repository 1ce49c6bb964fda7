import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from "kysely";
import { attestations } from "./attestations.js";
import { pullColumns, pullKey, pullKeyColumns, repositoryColumns } from "./key.js";
import type { KnownPull, LabelEvent, PullKey, Pulls } from "./store.js";
import type { PullColumns, Tables } from "./tables.js";
import { verdicts } from "./verdicts.js";

const columns = [...pullKeyColumns, "owner", "name", "headSha", "headRepository", "baseRef", "open", "toldAt"] as const;

const known = ({
  mergeGroup,
  toldAt,
  ...row
}: PullColumns & Omit<KnownPull, "group" | "toldAt"> & { toldAt: string | null }): KnownPull => ({
  ...row,
  ...pullKey({ mergeGroup, ...row }),
  ...(toldAt !== null && { toldAt }),
});

async function observe(db: Kysely<Tables>, pull: KnownPull): Promise<void> {
  const { owner, name, headSha, headRepository, baseRef, open, toldAt = null } = pull;
  const facts = { owner, name, headSha, headRepository, baseRef, open, toldAt };
  await db
    .insertInto("pull")
    .values({ ...pullColumns(pull), ...facts })
    .onConflict((conflict) =>
      conflict
        .columns(pullKeyColumns)
        .doUpdateSet({
          ...facts,
          // What comes without GitHub's time, a reading of ours, takes none away.
          toldAt: sql`coalesce(excluded.told_at, pull.told_at)`,
          seenAt: sql`case when (pull.head_sha, pull.base_ref, pull.open) = (excluded.head_sha, excluded.base_ref, excluded.open)
            and coalesce(excluded.told_at <= pull.told_at, true) then pull.seen_at else clock_timestamp() end`,
        })
        .where(sql<SqlBool>`coalesce(excluded.told_at >= pull.told_at, true)`),
    )
    .execute();
}

async function age(db: Kysely<Tables>, key: PullKey): Promise<number> {
  const row = await db
    .selectFrom("pull")
    .select(sql<number>`(1000 * extract(epoch from clock_timestamp() - seen_at))::float8`.as("age"))
    .where((eb) => eb.and(pullColumns(key)))
    .executeTakeFirst();
  return row?.age ?? Number.POSITIVE_INFINITY;
}

async function select(
  db: Kysely<Tables>,
  condition: (eb: ExpressionBuilder<Tables, "pull">) => Expression<SqlBool>,
): Promise<readonly KnownPull[]> {
  const rows = await db.selectFrom("pull").select(columns).where(condition).orderBy("repository").orderBy("number").execute();
  return rows.map(known);
}

async function recordLabel(db: Kysely<Tables>, key: PullKey, { action, label, labelId, actor, headSha, at }: LabelEvent): Promise<void> {
  await db
    .insertInto("labelEvent")
    .values({ ...pullColumns(key), action, label, labelId, actorId: actor.id, actor: JSON.stringify(actor), headSha, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const labels = (db: Kysely<Tables>, key: PullKey): Promise<readonly LabelEvent[]> =>
  db
    .selectFrom("labelEvent")
    .select(["action", "label", "labelId", "actor", "headSha", "at"])
    .where((eb) => eb.and(pullColumns(key)))
    .orderBy(sql`at collate "C"`)
    .orderBy("id")
    .execute();

/** The pull requests that events told of, and what people did on them. */
export function pulls(db: Kysely<Tables>): Pulls {
  return {
    observe: (pull) => observe(db, pull),
    get: async (key) => (await select(db, (eb) => eb.and(pullColumns(key))))[0] ?? null,
    age: (key) => age(db, key),
    withHead: (repository, headRepository, headSha) =>
      select(db, (eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha, open: true })),
    onBase: (repository, baseRef) => select(db, (eb) => eb.and({ ...repositoryColumns(repository), baseRef, open: true })),
    sharing: ({ headSha, baseRef, ...repository }) =>
      select(db, (eb) => eb.and({ ...repositoryColumns(repository), headSha, baseRef, open: true, mergeGroup: "" })),
    open: (installation) => select(db, (eb) => eb.and({ open: true, ...(installation === null ? {} : { installation }) })),
    recordLabel: (key, event) => recordLabel(db, key, event),
    labels: (key) => labels(db, key),
    ...attestations(db),
    ...verdicts(db),
  };
}
