import type { Kysely } from "kysely";
import type { RunSource } from "../model/evidence.js";
import { expectedRuns } from "./expected-runs.js";
import { repositoryColumns } from "./key.js";
import type { HeadResults, Heads, RepositoryKey } from "./store.js";
import type { Tables } from "./tables.js";

interface Head extends RepositoryKey {
  readonly headRepository: number;
  readonly headSha: string;
}

function saveResults(db: Kysely<Tables>, head: Head, results: readonly HeadResults[], { id: runId, attempt }: RunSource): Promise<void> {
  const attemptOf = { ...head, runId, attempt };
  return db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom("headResult")
      .where((eb) => eb.and(attemptOf))
      .execute();
    if (results.length === 0) return;
    await transaction
      .insertInto("headResult")
      .values(results.map((result, ordinal) => ({ ...attemptOf, ordinal, value: JSON.stringify(result) })))
      .execute();
  });
}

async function results(db: Kysely<Tables>, head: Head): Promise<readonly HeadResults[]> {
  const rows = await db
    .selectFrom("headResult")
    .select("value")
    .where((eb) => eb.and({ ...head }))
    .orderBy("runId")
    .orderBy("attempt")
    .orderBy("ordinal")
    .execute();
  return rows.map((row) => row.value);
}

export function heads(db: Kysely<Tables>): Heads {
  return {
    ...expectedRuns(db),
    saveResults: (repository, headRepository, headSha, found, source) =>
      saveResults(db, { ...repositoryColumns(repository), headRepository, headSha }, found, source),
    results: (repository, headRepository, headSha) => results(db, { ...repositoryColumns(repository), headRepository, headSha }),
    async saveSnapshot(repository, baseSha, headSha, snapshot, ancestors) {
      const value = { value: JSON.stringify(snapshot), ancestors: JSON.stringify(ancestors) };
      await db
        .insertInto("snapshot")
        .values({ ...repositoryColumns(repository), baseSha, headSha, ...value })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async snapshot(repository, baseSha, headSha) {
      const row = await db
        .selectFrom("snapshot")
        .select(["value", "ancestors"])
        .where((eb) => eb.and({ ...repositoryColumns(repository), baseSha, headSha }))
        .executeTakeFirst();
      return row === undefined ? null : { snapshot: row.value, ancestors: row.ancestors };
    },
  };
}
