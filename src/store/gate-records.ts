import { type Kysely, sql } from "kysely";
import { branches } from "./branches.js";
import type { GateRecords } from "./gate-types.js";
import { repositoryColumns } from "./key.js";
import type { RepositoryKey } from "./store.js";
import type { Tables } from "./tables.js";

type Runs = Pick<GateRecords, "recordRun" | "recordResults" | "runs" | "groupWorkflows" | "resultWorkflows">;

const runKey = ["installation", "repository", "headRepository", "headSha", "id", "attempt"] as const;

async function workflows(db: Kysely<Tables>, repository: RepositoryKey, event: string | null): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("workflowRun")
    .select("workflow")
    .distinct()
    .where((eb) => eb.and({ ...repositoryColumns(repository), ...(event !== null && { event }) }))
    .where("results", ">", 0)
    .orderBy("workflow")
    .execute();
  return rows.map(({ workflow }) => workflow);
}

const runs = (db: Kysely<Tables>): Runs => ({
  async recordRun(repository, headRepository, headSha, { id, attempt, ...run }) {
    const { event, workflow, url, startedAt, completed, conclusion } = run;
    const said = { event, workflow, url, startedAt, completed, conclusion };
    await db
      .insertInto("workflowRun")
      .values({ ...repositoryColumns(repository), headRepository, headSha, id, attempt, ...said })
      .onConflict((conflict) =>
        conflict.columns(runKey).doUpdateSet(said).where(sql<boolean>`excluded.completed or not workflow_run.completed`),
      )
      .execute();
  },
  async recordResults(repository, headSha, { id, attempt }, n) {
    await db
      .updateTable("workflowRun")
      .set({ results: n })
      .where((eb) => eb.and({ ...repositoryColumns(repository), headSha, id, attempt }))
      .execute();
  },
  runs: (repository, headRepository, headSha) =>
    db
      .selectFrom("workflowRun")
      .select(["id", "attempt", "event", "workflow", "url", "startedAt", "completed", "conclusion", "results"])
      .where((eb) => eb.and({ ...repositoryColumns(repository), headRepository, headSha }))
      .orderBy("id")
      .orderBy("attempt")
      .execute(),
  groupWorkflows: (repository) => workflows(db, repository, "merge_group"),
  resultWorkflows: (repository) => workflows(db, repository, null),
});

const groups = (db: Kysely<Tables>): Pick<GateRecords, "recordGroup" | "group"> => ({
  async recordGroup(repository, { headSha, ...of }) {
    const { baseSha, baseRef, number, tree, requestedAt } = of;
    const said = { baseSha, baseRef, number, tree, requestedAt };
    await db
      .insertInto("mergeGroup")
      .values({ ...repositoryColumns(repository), headSha, ...said })
      .onConflict((conflict) => conflict.columns(["installation", "repository", "headSha"]).doUpdateSet(said))
      .execute();
  },
  async group(repository, headSha) {
    const row = await db
      .selectFrom("mergeGroup")
      .select(["headSha", "baseSha", "baseRef", "number", "tree", "requestedAt"])
      .where((eb) => eb.and({ ...repositoryColumns(repository), headSha }))
      .executeTakeFirst();
    return row ?? null;
  },
});

export const gateRecords = (db: Kysely<Tables>): GateRecords => ({ ...runs(db), ...groups(db), ...branches(db) });
