import type { z } from "zod";
import type { GitHub } from "../github/call.js";
import { findPulls } from "../github/pulls.js";
import { isBaselineRun, type WorkflowRun, workflowRun } from "../github/runs.js";
import { DEFAULT_BRANCH, type KnownPull, type RepositoryKey } from "../store/store.js";
import { type EventDependencies, type EventHandler, isMergeGroup, isPull, keyOf, mark, observeAndMark } from "./handler.js";
import { groupKey, place, repositoryKey } from "./payloads.js";

const payloadShape = place.extend({ workflow_run: workflowRun });

type Payload = z.infer<typeof payloadShape>;

/** The event of a run that a merge queue asked for. */
const GROUP = "merge_group";

const names = ({ repository }: Payload) => ({ owner: repository.owner.login, name: repository.name });

/** Pull requests that GitHub knows of and we do not: their own event is late or lost. */
async function unknownPulls(payload: Payload, run: WorkflowRun, github: GitHub): Promise<readonly KnownPull[]> {
  if (run.headRepository === null || run.headBranch === null) return [];
  const { owner, id: repositoryId } = run.headRepository;
  const found = await findPulls(github, names(payload), { owner, branch: run.headBranch, repositoryId, sha: run.headSha });
  return found.map(({ number, baseRef }) => ({
    ...repositoryKey(payload),
    ...names(payload),
    number,
    headSha: run.headSha,
    headRepository: repositoryId,
    baseRef,
    open: true,
  }));
}

/** What stands for the run in the store, so that the worker knows which results to record. */
const baseline = (payload: Payload, key: RepositoryKey, run: WorkflowRun): KnownPull => ({
  ...groupKey(key, `baseline:${run.id}:${run.attempt}`),
  ...names(payload),
  headSha: run.headSha,
  headRepository: run.repositoryId,
  baseRef: payload.repository.default_branch,
  open: true,
});

/** Pull requests that have left this head behind, open: the run may have measured what closes it. */
async function markLeft(payload: Payload, { headSha }: WorkflowRun, dependencies: EventDependencies): Promise<void> {
  const left = await dependencies.store.publications.leftOn(repositoryKey(payload), headSha);
  for (const { key } of left) await mark(dependencies, key, "workflow_run.left");
}

/** Pull requests and merge groups of the run's head, and those that GitHub alone knows. */
async function markHeads(payload: Payload, run: WorkflowRun, dependencies: EventDependencies, github: GitHub): Promise<void> {
  const headRepository = run.headRepository?.id;
  if (headRepository === undefined) return;
  const heads = await dependencies.store.pulls.withHead(repositoryKey(payload), headRepository, run.headSha);
  const known = heads.filter((head) => isPull(head) || isMergeGroup(head));
  for (const pull of known) await mark(dependencies, keyOf(pull), "workflow_run.completed");
  if (known.length > 0 || run.event === GROUP || isBaselineRun(run, payload.repository.default_branch)) return;
  for (const pull of await unknownPulls(payload, run, github)) await observeAndMark(dependencies, pull, "workflow_run.completed");
}

/** A run of a merge group has begun: the group waits for it, if its workflow measures groups. */
async function markGroup(payload: Payload, run: WorkflowRun, dependencies: EventDependencies): Promise<void> {
  if (run.event !== GROUP || run.headRepository?.id !== payload.repository.id) return;
  const heads = await dependencies.store.pulls.withHead(repositoryKey(payload), payload.repository.id, run.headSha);
  for (const group of heads.filter(isMergeGroup)) await mark(dependencies, keyOf(group), "workflow_run.requested");
}

async function completed(payload: Payload, run: WorkflowRun, dependencies: EventDependencies, github: GitHub): Promise<void> {
  const { heads } = dependencies.store;
  const { headRepository, headSha, id, attempt, url, startedAt, updatedAt, workflow } = run;
  if (headRepository === null) return;
  const key = repositoryKey(payload);
  await heads.expectRun(key, headRepository.id, headSha, { id, attempt, url, startedAt, updatedAt, workflow });
  if (isBaselineRun(run, payload.repository.default_branch)) {
    await heads.expectRun(key, DEFAULT_BRANCH, headSha, { id, attempt, url, startedAt, workflow });
    await observeAndMark(dependencies, baseline(payload, key, run), "workflow_run.completed");
  }
  await markLeft(payload, run, dependencies);
  await markHeads(payload, run, dependencies, github);
}

/**
 * Remembers a run and marks whom it concerns when it has ended: the pull requests of its head, matched by repository id
 * and SHA and never by what the run itself says, the merge group, or the default branch's baseline.
 */
export const workflowRunEvent: EventHandler = {
  event: "workflow_run",
  on: ["workflow_run.requested", "workflow_run.completed"],
  async handle(raw, dependencies, github) {
    const payload = payloadShape.parse(raw);
    const { workflow_run: run } = payload;
    if (run.headRepository === null) return;
    const { id, attempt, event, workflow, url, startedAt, conclusion } = run;
    const said = { id, attempt, event, workflow, url, startedAt, completed: run.completed, conclusion };
    await dependencies.store.gate.recordRun(repositoryKey(payload), run.headRepository.id, run.headSha, said);
    if (run.completed) await completed(payload, run, dependencies, github);
    else await markGroup(payload, run, dependencies);
  },
};
