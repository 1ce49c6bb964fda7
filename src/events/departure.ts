import { checkName } from "../github/checks.js";
import type { KnownPull } from "../store/store.js";
import { type EventDependencies, isPull, keyOf, mark } from "./handler.js";

/** What the event said of a pull request's end. */
export interface Ending {
  readonly merged: boolean;
  readonly by: string | null;
}

const isAway = (before: KnownPull, now: KnownPull): boolean =>
  !now.open || before.headSha !== now.headSha || before.baseRef !== now.baseRef;

/** What is known was told by a later change: an event that comes late says nothing of where the pull request is now. */
const isLate = (before: KnownPull, { toldAt }: KnownPull): boolean => toldAt !== undefined && toldAt < (before.toldAt ?? "");

/** Pull requests that shared its head and base had its verdict in their check: they are looked at again without it. */
async function markLeft(dependencies: EventDependencies, before: KnownPull): Promise<void> {
  for (const pull of (await dependencies.store.pulls.sharing(before)).filter(isPull)) {
    if (pull.number !== before.number) await mark(dependencies, keyOf(pull), "pull_request.shared");
  }
}

/** The gate as the store knows it: what the check says, or what the verdict was while it is being judged anew. */
async function stateOf({ store }: EventDependencies, pull: KnownPull): Promise<string | null> {
  const published = await store.publications.get(pull, pull.headSha, checkName(pull.baseRef));
  if (published === null || published.checkState !== "in_progress") return published?.checkState ?? null;
  const verdict = await store.pulls.verdict(pull, pull.headSha);
  return verdict?.conclusion === "success" && !verdict.awaiting ? "success" : "in_progress";
}

/** An administrator may merge past the rules. That is their right, and no secret: it is kept and told. */
async function auditMerge(dependencies: EventDependencies, pull: KnownPull, { by }: Ending): Promise<void> {
  const { store, log, now } = dependencies;
  if ((await store.gate.enrolled(pull, pull.baseRef)) === null) return;
  const state = await stateOf(dependencies, pull);
  if (state === "success") return;
  await store.gate.recordBypass(pull, pull, { baseRef: pull.baseRef, by, state }, now());
  const { installation, repository, number } = pull;
  log?.warn({ installation, repository, pull: number, by, state }, "a pull request was merged while its gate was closed");
}

/** Does what is due when a pull request leaves the head or base that it had, or ends. */
export async function departed(dependencies: EventDependencies, before: KnownPull | null, now: KnownPull, ending: Ending): Promise<void> {
  if (before?.open && isAway(before, now) && !isLate(before, now)) await markLeft(dependencies, before);
  if (now.open || !ending.merged) return;
  await auditMerge(dependencies, now, ending);
  await dependencies.store.pulls.merged(now);
}
