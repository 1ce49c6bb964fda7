import type { GitHub } from "../github/call.js";
import type { PullFacts } from "../github/facts.js";
import type { EndedRun } from "../github/head-runs.js";
import { listRuns, type WorkflowRun } from "../github/runs.js";
import type { HeardRun, KnownPull, RepositoryKey, Store } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { NotYetError } from "./not-yet-error.js";

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

/** A list that is older than what was seen is asked for again this soon, in milliseconds. */
const RETRY_MS = 1_000;

/** Remembers a run that GitHub lists and that has ended. Resolves with whether its event has not come yet. */
export async function expectFound(key: RepositoryKey, run: WorkflowRun, { nets }: Pick<Store, "nets">): Promise<boolean> {
  const { id, attempt, url, startedAt, updatedAt, workflow, headSha, headRepository } = run;
  if (!run.completed || headRepository === null) return false;
  return nets.expectMissed(key, headRepository.id, headSha, { id, attempt, url, startedAt, updatedAt, workflow });
}

const isHeard = (heard: readonly HeardRun[], { id, updatedAt }: EndedRun): boolean =>
  heard.some((one) => one.id === id && (one.updatedAt === null || Date.parse(one.updatedAt) >= Date.parse(updatedAt)));

/** Runs of the head that GitHub shows as ended, the facts say, and whose event, or that of a further attempt, has not come. */
export async function unheardRuns(
  { known, dependencies }: Pick<Place, "known" | "dependencies">,
  { head, endedRuns = [] }: PullFacts,
): Promise<readonly EndedRun[]> {
  if (endedRuns.length === 0) return [];
  const heard = await dependencies.store.heads.heardRuns(known, head.sha);
  return endedRuns.filter((run) => !isHeard(heard, run));
}

/**
 * No verdict without the results that GitHub has already: an event may be late, or lost. One more call, and only where a
 * run has ended that nobody told of. @throws GitHubError, NotYetError
 */
export async function hearOfRuns(place: Place, facts: PullFacts): Promise<void> {
  const { github, known, dependencies } = place;
  if ((await unheardRuns(place, facts)).length === 0) return;
  for (const run of await listRuns(github, facts, facts.head.sha)) await expectFound(known, run, dependencies.store);
  const now = dependencies.now().getTime();
  const [recent] = (await unheardRuns(place, facts)).filter(({ updatedAt }) => now - Date.parse(updatedAt) < dependencies.staleMs);
  // GitHub's list lags behind what it showed a moment ago.
  if (recent) throw new NotYetError(new Date(now + RETRY_MS));
}
