import type { GitHub } from "../../github/call.js";
import { listOpenPulls } from "../../github/open-pulls.js";
import { listRuns, type WorkflowRun } from "../../github/runs.js";
import type { KnownPull, KnownRepository, PullKey, RepositoryKey, WatchedPull } from "../../store/store.js";
import { expectFound } from "../unheard-runs.js";
import { type Change, compare } from "./compare.js";
import type { NetDependencies } from "./dependencies.js";
import { reasons } from "./reasons.js";

/** Heads of one repository whose runs are asked for in one look. */
const HEADS = 50;

/** A repository's list is remembered for this many of them. */
const ETAGS = 20_000;

/** Where a look is, and when. */
export interface LookPlace extends RepositoryKey, Pick<KnownRepository, "owner" | "name"> {
  readonly github: GitHub;
  readonly now: Date;
}

const keyOf = ({ installation, repository, number }: KnownPull): PullKey => ({ installation, repository, number });

/** The mark comes last: whoever dies before it finds the same change at the next look. */
async function apply({ pull, sight, reason, observe }: Change, now: Date, { store, log, wake }: NetDependencies): Promise<void> {
  const key = keyOf(pull);
  log.info({ ...key, reason }, "a net found a pull request that is not as it was known");
  if (observe) await store.pulls.observe(pull);
  await store.dirty.mark(key, reason, now);
  if (sight) await store.nets.touch(key, now, sight);
  wake();
}

const etagKey = ({ installation, repository }: RepositoryKey): string => `${installation}/${repository}`;

function remember(etags: Map<string, string>, key: string, etag: string | null): void {
  etags.delete(key);
  if (etag === null) return;
  if (etags.size >= ETAGS) for (const first of etags.keys()) if (etags.delete(first)) break;
  etags.set(key, etag);
}

/** Compares a repository's open pull requests with what is known of them. Resolves with how many were marked. @throws GitHubError */
export async function lookAtPulls(place: LookPlace, dependencies: NetDependencies): Promise<number> {
  const { etags, store } = dependencies;
  const key = etagKey(place);
  const listed = await listOpenPulls(place.github, place, etags.get(key) ?? null);
  if (listed === null) return 0;
  const known = await store.nets.ofRepository(
    place,
    listed.items.map(({ number }) => number),
  );
  const changes = compare(place, listed, known);
  for (const change of changes) await apply(change, place.now, dependencies);
  remember(etags, key, listed.etag);
  return changes.length;
}

/** Has the run been heard of? A run belongs to a head, and so to every pull request of that head. */
async function expect(place: LookPlace, run: WorkflowRun, { store }: NetDependencies): Promise<readonly KnownPull[]> {
  const { headSha, headRepository } = run;
  return headRepository !== null && (await expectFound(place, run, store)) ? store.pulls.withHead(place, headRepository.id, headSha) : [];
}

/**
 * Finds workflow runs of these pull requests' heads that ended and whose event never came. Resolves with how many pull
 * requests were marked. @throws GitHubError
 */
export async function lookAtRuns(place: LookPlace, pulls: readonly KnownPull[], dependencies: NetDependencies): Promise<number> {
  const heads = [...new Set(pulls.map(({ headSha }) => headSha))].slice(0, HEADS);
  let marked = 0;
  for (const headSha of heads) {
    for (const run of await listRuns(place.github, place, headSha)) {
      const concerned = (await expect(place, run, dependencies)).filter(({ group }) => group === undefined);
      for (const pull of concerned) await apply({ pull, sight: null, reason: reasons.run, observe: false }, place.now, dependencies);
      marked += concerned.length;
    }
  }
  return marked;
}

/** Marks a pull request whose check is in progress and whose mark is gone: a crash, or a hand in the database. */
export const attend = (pull: WatchedPull, now: Date, dependencies: NetDependencies): Promise<void> =>
  apply({ pull, sight: null, reason: reasons.unattended, observe: false }, now, dependencies);
