import type { Kysely } from "kysely";
import { repositoryColumns } from "./key.js";
import type { Heads } from "./store.js";
import type { Tables } from "./tables.js";

/** Completed workflow runs whose artifacts nobody has read yet; one that was read stays for a while, so that it is known. */
export const expectedRuns = (db: Kysely<Tables>): Pick<Heads, "expectRun" | "expectedRuns" | "forgetRun"> => ({
  async expectRun(repository, headRepository, headSha, { id, attempt, url, startedAt }) {
    const run = { attempt, url, startedAt, read: false };
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
      .where((eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha, read: false }))
      .orderBy("id")
      .execute(),
  async forgetRun(repository, headRepository, headSha, { id, attempt }) {
    await db
      .updateTable("expectedRun")
      .set({ read: true })
      .where((eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha, id }))
      .where("attempt", "<=", attempt)
      .execute();
  },
});
