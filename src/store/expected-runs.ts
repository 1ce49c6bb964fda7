import type { Kysely } from "kysely";
import { repositoryColumns } from "./key.js";
import type { Heads } from "./store.js";
import type { Tables } from "./tables.js";

/** Completed workflow runs whose artifacts nobody has read yet. */
export const expectedRuns = (db: Kysely<Tables>): Pick<Heads, "expectRun" | "expectedRuns" | "forgetRun"> => ({
  async expectRun(repository, headRepository, headSha, { id, attempt, url, startedAt }) {
    const run = { attempt, url, startedAt };
    await db
      .insertInto("expectedRun")
      .values({ ...repositoryColumns(repository), headRepository, headSha, id, ...run })
      .onConflict((conflict) =>
        conflict
          .columns(["installation", "repository", "headRepository", "headSha", "id"])
          .doUpdateSet(run)
          .where("expectedRun.attempt", "<=", attempt),
      )
      .execute();
  },
  expectedRuns: (repository, headRepository, headSha) =>
    db
      .selectFrom("expectedRun")
      .select(["id", "attempt", "url", "startedAt"])
      .where((eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha }))
      .orderBy("id")
      .execute(),
  async forgetRun(repository, headRepository, headSha, { id, attempt }) {
    await db
      .deleteFrom("expectedRun")
      .where((eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha, id }))
      .where("attempt", "<=", attempt)
      .execute();
  },
});
