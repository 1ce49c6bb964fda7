import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from "kysely";
import { attestations } from "./attestations.js";
import { pullColumns, pullKeyColumns, repositoryColumns } from "./key.js";
import type { KnownPull, LabelEvent, PullKey, Pulls } from "./store.js";
import type { Tables } from "./tables.js";
import { known, toldPulls } from "./told-pulls.js";
import { verdicts } from "./verdicts.js";

const columns = [...pullKeyColumns, "owner", "name", "headSha", "headRepository", "baseRef", "open", "toldAt"] as const;

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
    ...toldPulls(db),
    async merged(key) {
      await db
        .updateTable("pull")
        .set({ merged: true })
        .where((eb) => eb.and(pullColumns(key)))
        .execute();
    },
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
