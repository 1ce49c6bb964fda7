import type { OpenPull, OpenPulls } from "../../github/open-pulls.js";
import type { KnownPull, KnownRepository, RepositoryKey, Sight, WatchedPull } from "../../store/store.js";
import { reasons } from "./reasons.js";

/** One pull request that is not as we knew it. */
export interface Change {
  readonly reason: (typeof reasons)[keyof typeof reasons];
  readonly pull: KnownPull;
  /** What the list showed; null when it did not show it. */
  readonly sight: Sight | null;
  /** The list is newer than what we knew, so that its head and base replace ours. */
  readonly observe: boolean;
}

type Place = RepositoryKey & Pick<KnownRepository, "owner" | "name">;

const asKnown = ({ installation, repository, owner, name }: Place, listed: OpenPull): KnownPull => ({
  installation,
  repository,
  number: listed.number,
  owner,
  name,
  headSha: listed.headSha,
  headRepository: listed.headRepository,
  baseRef: listed.baseRef,
  open: true,
  toldAt: listed.updatedAt,
});

const sameLabels = (one: readonly string[], other: readonly string[]): boolean => JSON.stringify(one) === JSON.stringify(other);

/** GitHub's time of the newest that was told or seen of it; "" sorts before all. */
const knownAt = ({ toldAt = "", sight }: WatchedPull): string => (sight !== null && sight.updatedAt > toldAt ? sight.updatedAt : toldAt);

/** GitHub's reads may be older than its events: what a list shows counts only when it is no older than what we know. */
function changeOf(place: Place, listed: OpenPull, known: WatchedPull | undefined): Change | null {
  const sight = { updatedAt: listed.updatedAt, labels: listed.labels };
  const pull = asKnown(place, listed);
  if (known === undefined) return { reason: reasons.unknown, pull, sight, observe: true };
  const newer = listed.updatedAt > knownAt(known);
  if (listed.updatedAt < knownAt(known)) return null;
  // Closed and reopened within a second, and told in the other order: the times do not tell which was last, the list does.
  if (!known.open) return { reason: reasons.unknown, pull, sight, observe: true };
  if (listed.headSha !== known.headSha || listed.baseRef !== known.baseRef) return { reason: reasons.moved, pull, sight, observe: newer };
  return sameLabels(listed.labels, known.sight?.labels ?? []) ? null : { reason: reasons.labels, pull, sight, observe: false };
}

/**
 * What of a repository's open pull requests is not as we know it; pure, and nothing for those that are. A list that was
 * cut says nothing of the pull requests that it does not show.
 */
export function compare(place: Place, listed: OpenPulls, known: readonly WatchedPull[]): readonly Change[] {
  const byNumber = new Map(known.map((pull) => [pull.number, pull]));
  const shown = new Set(listed.items.map(({ number }) => number));
  const changed = listed.items.flatMap((pull) => changeOf(place, pull, byNumber.get(pull.number)) ?? []);
  const gone = listed.complete ? known.filter(({ open, number }) => open && !shown.has(number)) : [];
  return [...changed, ...gone.map((pull): Change => ({ reason: reasons.gone, pull, sight: null, observe: false }))];
}
