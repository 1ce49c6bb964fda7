import type { z } from "zod";
import type { GitHub } from "../github/call.js";
import { findPulls } from "../github/pulls.js";
import { isBaselineRun, type WorkflowRun, workflowRun } from "../github/runs.js";
import type { KnownPull, RepositoryKey } from "../store/store.js";
import { type EventDependencies, type EventHandler, isPull, keyOf, mark, observeAndMark } from "./handler.js";
import { groupKey, place, repositoryKey } from "./payloads.js";

const payloadShape = place.extend({ workflow_run: workflowRun });

type Payload = z.infer<typeof payloadShape>;

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

async function markPulls(payload: Payload, run: WorkflowRun, dependencies: EventDependencies, github: GitHub): Promise<void> {
  const headRepository = run.headRepository?.id;
  if (headRepository === undefined) return;
  const heads = await dependencies.store.pulls.withHead(repositoryKey(payload), headRepository, run.headSha);
  const known = heads.filter(isPull);
  for (const pull of known) await mark(dependencies, keyOf(pull), "workflow_run.completed");
  if (known.length > 0) return;
  for (const pull of await unknownPulls(payload, run, github)) await observeAndMark(dependencies, pull, "workflow_run.completed");
}

/**
 * Remembers a finished run and marks whom it concerns: the pull requests of its head, matched by
 * repository id and SHA and never by what the run itself says, or the default branch's baseline.
 */
export const workflowRunEvent: EventHandler = {
  event: "workflow_run",
  on: ["workflow_run.completed"],
  async handle(raw, dependencies, github) {
    const payload = payloadShape.parse(raw);
    const { workflow_run: run } = payload;
    if (run.headRepository === null) return;
    const key = repositoryKey(payload);
    const { id, attempt, url, startedAt } = run;
    await dependencies.store.heads.expectRun(key, run.headRepository.id, run.headSha, { id, attempt, url, startedAt });
    if (isBaselineRun(run, payload.repository.default_branch)) {
      await observeAndMark(dependencies, baseline(payload, key, run), "workflow_run.completed");
    } else {
      await markPulls(payload, run, dependencies, github);
    }
  },
};
