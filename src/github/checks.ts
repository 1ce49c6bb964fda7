import { z } from "zod";
import type { Conclusion } from "../model/verdict.js";
import type { CheckOutput } from "../report/check.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";

/** A check run as it should stand. `output` needs title and summary only; its limits are kept by `report/`. */
export interface Check {
  readonly name: string;
  readonly headSha: string;
  readonly externalId: string;
  readonly state: "in_progress" | Conclusion;
  readonly output: Pick<CheckOutput, "title" | "summary"> & Partial<CheckOutput>;
  readonly detailsUrl?: string;
}

/** GitHub takes 50 annotations a request and appends those of each further one. */
const BATCH = 50;

/** The check's name carries the base branch, so that a retarget leaves the new required name missing. */
export const checkName = (baseRef: string): string => `redline/${baseRef}`;

const created = z.object({ id: z.number() });

const outputFrom = ({ output: { actions: _, annotations = [], ...page } }: Check, from: number) => ({
  ...page,
  annotations: annotations.slice(from, from + BATCH),
});

const body = (check: Check) => ({
  external_id: check.externalId,
  ...(check.state === "in_progress" ? { status: "in_progress" } : { status: "completed", conclusion: check.state }),
  ...(check.detailsUrl !== undefined && { details_url: check.detailsUrl }),
  ...(check.output.actions && { actions: check.output.actions }),
  output: outputFrom(check, 0),
});

async function update(github: GitHub, repository: RepositoryName, id: number, fields: Record<string, unknown>): Promise<void> {
  const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  await call(github, route, { ...at(repository), check_run_id: id, ...fields }, created);
}

async function appendRest(github: GitHub, repository: RepositoryName, id: number, check: Check): Promise<void> {
  for (let from = BATCH; from < (check.output.annotations?.length ?? 0); from += BATCH) {
    await update(github, repository, id, { output: outputFrom(check, from) });
  }
}

/** Creates the check run and resolves with its id. The verdict goes with the first request, further annotations after it. */
export async function createCheck(github: GitHub, repository: RepositoryName, check: Check): Promise<number> {
  const parameters = { ...at(repository), name: check.name, head_sha: check.headSha, ...body(check) };
  const { id } = await call(github, "POST /repos/{owner}/{repo}/check-runs", parameters, created);
  await appendRest(github, repository, id, check);
  return id;
}

/** Brings a check run to this state. GitHub keeps the annotations it has and appends these: to replace them, create a new run. */
export async function updateCheck(github: GitHub, repository: RepositoryName, id: number, check: Check): Promise<void> {
  await update(github, repository, id, body(check));
  await appendRest(github, repository, id, check);
}

const listed = z.object({
  check_runs: z.array(
    z.object({ id: z.number(), external_id: z.string().nullable(), output: z.object({ annotations_count: z.number() }).optional() }),
  ),
});

/** A check run of ours as GitHub has it. */
export interface FoundCheck {
  readonly id: number;
  readonly annotations: number;
}

/** What makes a check run the one that is looked for. */
export interface CheckIdentity extends Pick<Check, "name" | "headSha" | "externalId"> {
  readonly appId: number;
}

/** The newest hundred runs of ours of that identity, oldest first. Settles a creation whose answer was lost. */
export async function findChecks(
  github: GitHub,
  repository: RepositoryName,
  { name, headSha, externalId, appId }: CheckIdentity,
): Promise<readonly FoundCheck[]> {
  const parameters = { ...at(repository), ref: headSha, check_name: name, app_id: appId, filter: "all", per_page: 100 };
  const { check_runs: runs } = await call(github, "GET /repos/{owner}/{repo}/commits/{ref}/check-runs", parameters, listed);
  return runs
    .filter((run) => run.external_id === externalId)
    .map(({ id, output }) => ({ id, annotations: output?.annotations_count ?? 0 }))
    .sort((one, other) => one.id - other.id);
}
