import { isOnlyDocumentation } from "../evidence/path-kinds.js";
import { readChange } from "../github/change.js";
import { type Compared, compareSides, isWhole } from "../github/changed-files.js";
import { failedAs, GitHubError } from "../github/errors.js";
import { type PullFacts, type ReadFacts, readPull, storedFacts } from "../github/facts.js";
import { assemble, type ReadSnapshot } from "../github/snapshot.js";
import { readConfiguration } from "../review/configured.js";
import type { Told } from "../store/reading.js";
import type { PullPlace } from "./pull-sources.js";
import { unheardRuns } from "./unheard-runs.js";

/** What a review starts from. */
export interface Gathered {
  readonly facts: PullFacts;
  /** When the oldest of them was asked for: since then they may have changed. */
  readonly at: Date;
  /** Events told some of them: good enough to close, never to open by an override. */
  readonly told?: true;
  /** The change, where it was read along with them. */
  readonly read?: ReadSnapshot;
}

/**
 * Events that change neither head nor base: what was read before still describes the pull request, and the payload
 * said the rest. What they open is read again right before ({@link confirmed}), so a missed event opens nothing.
 */
const KEEPS_HEAD: ReadonlySet<string> = new Set([
  "workflow_run.completed",
  "workflow_run.left",
  "pull_request.labeled",
  "pull_request.unlabeled",
  "issue_comment.edited",
  "issue_comment.unticked",
]);

/** Should an event that moves the base be lost, what was read before is done with after this. */
const KEPT_MS = 3_600_000;

const ageMs = ({ dependencies }: PullPlace, at: Date): number => dependencies.now().getTime() - at.getTime();

/** What events said since the facts were read. */
function withTold(facts: PullFacts, told: Told | null): PullFacts {
  if (told === null || told.headSha !== facts.head.sha || told.at < facts.updatedAt) return facts;
  const { draft, changedFiles, labels } = told;
  // An event tells the newest of the timeline only: its own, which is recorded.
  return { ...facts, draft, changedFiles, labels, timeline: null, updatedAt: told.at };
}

async function stored(place: PullPlace): Promise<Gathered | null> {
  const { known, dependencies } = place;
  const kept = await dependencies.store.readings.get(known);
  const facts = kept && storedFacts(known, kept.answer);
  return facts && { facts, at: kept.at };
}

/** A name may have gone to another repository: nothing of that one is judged, and the name is looked up as if nothing were there. */
async function keep({ known, dependencies }: PullPlace, { facts, answer }: ReadFacts, at: Date): Promise<void> {
  if (facts.repositoryId !== known.repository)
    throw new GitHubError("query PullRequestFacts", { kind: "not-found" }, new Error(`repository ${facts.repositoryId} has this name`));
  await dependencies.store.readings.save(known, { baseRef: facts.base.ref, answer, at });
}

/** The facts as they are now, in one call; null when the pull request is gone. */
export async function readAgain(place: PullPlace): Promise<Gathered | null> {
  const at = place.dependencies.now();
  const read = await readPull(place.github, place.known);
  if (read === null) return null;
  await keep(place, read, at);
  return { facts: read.facts, at };
}

/** The line before the merge base, as an earlier head of this pull request had it. */
async function ancestorsOf(
  { known, dependencies }: PullPlace,
  before: PullFacts,
  { mergeBase }: Compared,
): Promise<readonly string[] | null> {
  const snapshot = await dependencies.store.heads.snapshot(known, before.base.sha, before.head.sha);
  return snapshot?.snapshot.mergeBase.sha === mergeBase ? snapshot.ancestors : null;
}

async function isMeasured({ known, dependencies }: PullPlace): Promise<boolean> {
  const { heads } = dependencies.store;
  const of = [known, known.headRepository ?? 0, known.headSha] as const;
  return (await heads.expectedRuns(...of)).length + (await heads.results(...of)).length > 0;
}

/** Nothing in these files is read by a review: neither do lines of the team's own speak of them, nor is an override asked for. */
function isPlain(facts: PullFacts, compared: Compared): boolean {
  const { config } = readConfiguration(facts.configuration, []);
  const quiet = config.checklist.lines.length === 0 && !facts.labels.some(({ name }) => name === config.override.label);
  return quiet && isWhole(compared, facts.changedFiles) && isOnlyDocumentation(compared.files);
}

/**
 * A head that changes documentation only, judged without a query: the comparison names every file and the base's
 * tip, whose configuration an earlier head of this pull request has read; the rest its event told.
 */
async function documentation(place: PullPlace, compared: Compared): Promise<Gathered | null> {
  const { known, dependencies } = place;
  const [before, told] = [await stored(place), await dependencies.store.readings.told(known)];
  if (before === null || told?.headSha !== known.headSha) return null;
  const { facts: earlier } = before;
  if (earlier.base.sha !== compared.base || earlier.base.ref !== known.baseRef) return null;
  const head = { sha: known.headSha, repositoryId: known.headRepository };
  const facts = withTold({ ...earlier, head, updatedAt: told.at, contributors: null }, told);
  if (!isPlain(facts, compared) || (await isMeasured(place))) return null;
  const ancestors = await ancestorsOf(place, earlier, compared);
  return (
    ancestors && { facts, at: new Date(told.receivedAt), told: true, read: assemble(facts, compared, { contents: new Map(), ancestors }) }
  );
}

/** The comparison first, then everything else in one query; null when the pull request is gone. */
async function readAnew(place: PullPlace): Promise<Gathered | null> {
  const { github, known, dependencies } = place;
  const at = dependencies.now();
  const compared = await compareSides(github, { ...known, base: known.baseRef, head: known.headSha });
  const plain = await documentation(place, compared);
  if (plain) return plain;
  const change = await readChange(github, { ...known, compared });
  if (change === null) return null;
  await keep(place, change, at);
  const { facts, read } = change;
  if (read) await dependencies.store.heads.saveSnapshot(known, facts.base.sha, facts.head.sha, read.snapshot, read.ancestors);
  return { facts, at, ...(read && { read }) };
}

async function readAll(place: PullPlace): Promise<Gathered | null> {
  try {
    return await readAnew(place);
  } catch (error) {
    // Its head, its base branch or all of it is gone: the facts say which.
    if (failedAs(error, "not-found")) return readAgain(place);
    throw error;
  }
}

const isOf = ({ facts }: Gathered, { known }: PullPlace): boolean => facts.head.sha === known.headSha && facts.base.ref === known.baseRef;

/**
 * Everything that the review of a pull request starts from: two calls for a head that is new, one for a head that is
 * looked at again, none where only an event has to be heeded. Null when the pull request is gone. @throws GitHubError
 */
export async function gatherPull(place: PullPlace, reason: string): Promise<Gathered | null> {
  const before = await stored(place);
  if (before === null || !isOf(before, place)) return readAll(place);
  if (!KEEPS_HEAD.has(reason) || ageMs(place, before.at) > KEPT_MS) return readAgain(place);
  return { ...before, told: true, facts: withTold(before.facts, await place.dependencies.store.readings.told(place.known)) };
}

/** What a verdict rests on. Of what was not known a verdict knew nothing, and an override that rests on it asks for it. */
function judged({ updatedAt: _, endedRuns: __, ...facts }: PullFacts, { timeline, contributors }: PullFacts): string {
  // The tree follows from the commit, and is not told with an event.
  const head = { ...facts.head, tree: undefined };
  return JSON.stringify({ ...facts, head, ...(timeline === null && { timeline }), ...(contributors === null && { contributors }) });
}

/**
 * Right before a write that opens the gate: facts older than `freshMs` are read again. The same object comes
 * back when nothing changed and no run has ended of which nobody told; null when the pull request is gone. @throws GitHubError
 */
export async function confirmed(place: PullPlace, gathered: Gathered): Promise<Gathered | null> {
  if (ageMs(place, gathered.at) <= place.dependencies.freshMs) return gathered;
  const now = await readAgain(place);
  const { facts } = gathered;
  const same = now !== null && judged(now.facts, facts) === judged(facts, facts);
  return same && (await unheardRuns(place, now.facts)).length === 0 ? gathered : now;
}
