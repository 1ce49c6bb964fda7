import { type Kysely, sql } from "kysely";
import { repositoryColumns } from "./key.js";
import type { ExpectedRun, Heads } from "./store.js";
import type { Tables } from "./tables.js";

interface Row extends Omit<ExpectedRun, "until" | "workflow"> {
  readonly workflow: string;
  readonly until: string | null;
}

const expected = ({ until, workflow, ...run }: Row): ExpectedRun => ({
  ...run,
  ...(workflow !== "" && { workflow }),
  ...(until !== null && { until }),
});

/** When the next attempt of the same run began, as far as events told. */
const until = sql<string | null>`(
  select min(later.started_at) from workflow_run as later
  where later.installation = expected_run.installation and later.repository = expected_run.repository
    and later.head_sha = expected_run.head_sha and later.id = expected_run.id and later.attempt > expected_run.attempt
)`;

/** Completed attempts of workflow runs whose artifacts nobody has read yet; one that was read stays for a while, so that it is known. */
export const expectedRuns = (db: Kysely<Tables>): Pick<Heads, "expectRun" | "heardRuns" | "expectedRuns" | "forgetRun"> => ({
  async expectRun(repository, headRepository, headSha, { id, attempt, url, startedAt, workflow = "", updatedAt = null }) {
    const run = { url, startedAt, workflow, updatedAt, read: false };
    await db
      .insertInto("expectedRun")
      .values({ ...repositoryColumns(repository), headRepository, headSha, id, attempt, ...run })
      .onConflict((conflict) =>
        conflict.columns(["installation", "repository", "headRepository", "headSha", "id", "attempt"]).doUpdateSet(run),
      )
      .execute();
  },
  heardRuns: (repository, headSha) =>
    db
      .selectFrom("expectedRun")
      .select(["id", "updatedAt"])
      .where((eb) => eb.and({ ...repositoryColumns(repository), headSha }))
      .execute(),
  async expectedRuns(repository, headRepository, headSha) {
    const rows = await db
      .selectFrom("expectedRun")
      .select(["id", "attempt", "url", "startedAt", "workflow", until.as("until")])
      .where((eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha, read: false }))
      .orderBy("id")
      .orderBy("attempt")
      .execute();
    return rows.map(expected);
  },
  async forgetRun(repository, headRepository, headSha, { id, attempt }) {
    await db
      .updateTable("expectedRun")
      .set({ read: true })
      .where((eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha, id, attempt }))
      .execute();
  },
});
