import type { Kysely } from "kysely";
import { intents } from "./intents.js";
import { pullColumns, pullKeyColumns, repositoryColumns } from "./key.js";
import { leftChecks } from "./left-checks.js";
import type { KnownPull, Publications, PullKey } from "./store.js";
import type { Tables } from "./tables.js";

async function saveComment(db: Kysely<Tables>, key: PullKey, comment: { readonly id: number; readonly digest: string } | null) {
  if (comment === null) {
    await db
      .deleteFrom("stickyComment")
      .where((eb) => eb.and(pullColumns(key)))
      .execute();
    return;
  }
  const { id, digest } = comment;
  await db
    .insertInto("stickyComment")
    .values({ ...pullColumns(key), id, digest })
    .onConflict((conflict) => conflict.columns(pullKeyColumns).doUpdateSet({ id, digest }))
    .execute();
}

async function isShared(db: Kysely<Tables>, pull: KnownPull, checkName: string): Promise<boolean> {
  const { headSha, baseRef } = pull;
  const own = pullColumns(pull);
  const published = await db
    .selectFrom("publication")
    .select("number")
    .where((eb) => eb.and({ ...repositoryColumns(pull), headSha, checkName }))
    .where((eb) => eb.not(eb.and(own)))
    .limit(1)
    .executeTakeFirst();
  if (published) return true;
  const open = await db
    .selectFrom("pull")
    .select("number")
    .where((eb) => eb.and({ ...repositoryColumns(pull), headSha, baseRef, open: true }))
    .where((eb) => eb.not(eb.and(own)))
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

async function doubt(db: Kysely<Tables>, key: PullKey): Promise<void> {
  await db
    .updateTable("publication")
    .set({ checkState: null, checkDigest: null })
    .where((eb) => eb.and(pullColumns(key)))
    .execute();
  await db
    .updateTable("stickyComment")
    .set({ digest: "" })
    .where((eb) => eb.and(pullColumns(key)))
    .execute();
}

export function publications(db: Kysely<Tables>): Publications {
  return {
    async get(key, headSha, checkName) {
      const row = await db
        .selectFrom("publication")
        .select(["checkRunId", "checkState", "checkDigest", "annotationsDigest", "since", "runs"])
        .where((eb) => eb.and({ ...pullColumns(key), headSha, checkName }))
        .executeTakeFirst();
      return row ?? null;
    },
    async save(key, headSha, checkName, { checkRunId, checkState, checkDigest, annotationsDigest, since, runs }) {
      const saved = { checkRunId, checkState, checkDigest, annotationsDigest, since, runs };
      await db
        .insertInto("publication")
        .values({ ...pullColumns(key), headSha, checkName, ...saved })
        .onConflict((conflict) => conflict.columns([...pullKeyColumns, "headSha", "checkName"]).doUpdateSet(saved))
        .execute();
    },
    isShared: (pull, checkName) => isShared(db, pull, checkName),
    async comment(key) {
      const row = await db
        .selectFrom("stickyComment")
        .select(["id", "digest"])
        .where((eb) => eb.and(pullColumns(key)))
        .executeTakeFirst();
      return row ?? null;
    },
    async commentEdited(key) {
      await db
        .updateTable("stickyComment")
        .set({ digest: "" })
        .where((eb) => eb.and(pullColumns(key)))
        .execute();
    },
    saveComment: (key, comment) => saveComment(db, key, comment),
    doubt: (key) => doubt(db, key),
    ...intents(db),
    ...leftChecks(db),
  };
}
