import { z } from "zod";
import type { Conclusion } from "../model/verdict.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";

/** A note on lines of the head. Limits of GitHub's: title 255 characters, message and details 64 KB each. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
  readonly details?: string;
}

/** A button on the check: label at most 20 characters, description 40, identifier 20; three at most. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** A check run as it should stand. `summary` and `text` hold at most 65,535 bytes each. */
export interface Check {
  readonly name: string;
  readonly headSha: string;
  readonly externalId: string;
  readonly state: "in_progress" | Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
  readonly actions?: readonly CheckAction[];
  readonly detailsUrl?: string;
}

/** GitHub takes 50 annotations a request and appends those of each further one. */
const BATCH = 50;

/** The check's name carries the base branch, so that a retarget leaves the new required name missing. */
export const checkName = (baseRef: string): string => `redline/${baseRef}`;

const created = z.object({ id: z.number() });

const annotation = ({ path, startLine, endLine, level, title, message, details }: Annotation) => ({
  path,
  start_line: startLine,
  end_line: endLine,
  annotation_level: level,
  title,
  message,
  ...(details !== undefined && { raw_details: details }),
});

const output = (check: Check, from: number) => ({
  title: check.title,
  summary: check.summary,
  ...(check.text !== undefined && { text: check.text }),
  annotations: (check.annotations ?? []).slice(from, from + BATCH).map(annotation),
});

const body = (check: Check) => ({
  external_id: check.externalId,
  ...(check.state === "in_progress" ? { status: "in_progress" } : { status: "completed", conclusion: check.state }),
  ...(check.detailsUrl !== undefined && { details_url: check.detailsUrl }),
  ...(check.actions && { actions: check.actions }),
  output: output(check, 0),
});

async function update(github: GitHub, repository: RepositoryName, id: number, fields: Record<string, unknown>): Promise<void> {
  const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  await call(github, route, { ...at(repository), check_run_id: id, ...fields }, created);
}

async function appendRest(github: GitHub, repository: RepositoryName, id: number, check: Check): Promise<void> {
  for (let from = BATCH; from < (check.annotations?.length ?? 0); from += BATCH) {
    await update(github, repository, id, { output: output(check, from) });
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
    z.object({ id: z.number(), external_id: z.string().nullable(), status: z.string(), conclusion: z.string().nullable() }),
  ),
});

/** A check run of ours as GitHub has it. */
export interface FoundCheck {
  readonly id: number;
  readonly externalId: string | null;
  readonly state: string;
}

/** Our own check run of that name on a commit, newest; null when there is none. Settles a creation whose answer was lost. */
export async function findCheck(
  github: GitHub,
  repository: RepositoryName,
  headSha: string,
  name: string,
  appId: number,
): Promise<FoundCheck | null> {
  const parameters = { ...at(repository), ref: headSha, check_name: name, app_id: appId, filter: "latest", per_page: 100 };
  const { check_runs: runs } = await call(github, "GET /repos/{owner}/{repo}/commits/{ref}/check-runs", parameters, listed);
  const newest = runs.toSorted((one, other) => other.id - one.id)[0];
  return newest ? { id: newest.id, externalId: newest.external_id, state: newest.conclusion ?? newest.status } : null;
}
