import { z } from "zod";
import { at, call, type GitHub, type RepositoryName } from "./call.js";

const runShape = z.object({
  id: z.number(),
  run_attempt: z.number().default(1),
  run_started_at: z.string(),
  updated_at: z.string().nullish(),
  html_url: z.string(),
  event: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullish(),
  path: z.string(),
  head_sha: z.string(),
  head_branch: z.string().nullable(),
  head_repository: z.object({ id: z.number(), owner: z.object({ login: z.string() }) }).nullable(),
  repository: z.object({ id: z.number() }),
});

/** One attempt of a workflow run, as far as we look at it. Times are ISO 8601. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
  readonly startedAt: string;
  /** When GitHub changed it last; null where it does not say. */
  readonly updatedAt: string | null;
  readonly event: string;
  readonly completed: boolean;
  /** Null while it runs. */
  readonly conclusion: string | null;
  /** Path of the workflow file; foreign text. */
  readonly workflow: string;
  readonly headSha: string;
  readonly headBranch: string | null;
  /** Null when the fork was deleted. */
  readonly headRepository: { readonly id: number; readonly owner: string } | null;
  readonly repositoryId: number;
}

/** A workflow run, as the API and the `workflow_run` event both write it. */
export const workflowRun = runShape.transform(
  (run): WorkflowRun => ({
    id: run.id,
    attempt: run.run_attempt,
    url: run.html_url,
    startedAt: run.run_started_at,
    updatedAt: run.updated_at ?? null,
    event: run.event,
    completed: run.status === "completed",
    conclusion: run.conclusion ?? null,
    workflow: run.path,
    headSha: run.head_sha,
    headBranch: run.head_branch,
    headRepository: run.head_repository && { id: run.head_repository.id, owner: run.head_repository.owner.login },
    repositoryId: run.repository.id,
  }),
);

const listed = z.object({ workflow_runs: z.array(workflowRun) });

/** The workflow runs of a head SHA, each with its newest attempt, oldest first; at most 100. */
export async function listRuns(github: GitHub, repository: RepositoryName, headSha: string): Promise<readonly WorkflowRun[]> {
  const parameters = { ...at(repository), head_sha: headSha, per_page: 100 };
  const { workflow_runs: runs } = await call(github, "GET /repos/{owner}/{repo}/actions/runs", parameters, listed);
  return runs.toSorted((one, other) => one.id - other.id);
}

/**
 * May this run's results become a baseline? Only what a push to the default branch of the repository
 * itself produced: a fork's artifact can carry any name.
 */
export function isBaselineRun(run: WorkflowRun, defaultBranch: string): boolean {
  return run.event === "push" && run.headRepository?.id === run.repositoryId && run.headBranch === defaultBranch;
}
