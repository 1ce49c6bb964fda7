import type { GitHub } from "../github/call.js";
import type { PullFacts } from "../github/facts.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { NotYetError } from "./not-yet-error.js";

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

/** A reading that contradicts events is tried again this soon, in milliseconds. */
const RETRY_MS = 1_000;

/** Is it another head, base or state than events told? */
export const isMoved = (known: KnownPull, facts: PullFacts | null): boolean =>
  facts?.state !== "open" || facts.head.sha !== known.headSha || facts.base.ref !== known.baseRef;

const isOlder = ({ toldAt }: KnownPull, facts: PullFacts | null): boolean =>
  facts !== null && toldAt !== undefined && Date.parse(facts.updatedAt) < Date.parse(toldAt);

/**
 * GitHub's reads lag behind its events. A reading that is older than the newest event, or tells of another
 * head, base or state, is not judged while it may be stale; from then on it is the truth, since events come
 * late and in any order too. @throws NotYetError
 */
export async function refuseStale({ known, dependencies }: Place, facts: PullFacts | null): Promise<void> {
  if (dependencies.remedies?.freshness === false) return;
  if (!isMoved(known, facts) && !isOlder(known, facts)) return;
  const remaining = dependencies.staleMs - (await dependencies.store.pulls.age(known));
  if (remaining > 0) throw new NotYetError(new Date(dependencies.now().getTime() + Math.min(RETRY_MS, remaining)));
}
