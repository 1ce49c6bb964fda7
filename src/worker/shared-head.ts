import { checkName } from "../github/checks.js";
import { plain, text } from "../model/text.js";
import type { KnownPull } from "../store/store.js";
import { type CheckState, type GateCheck, openGateCheck } from "./gate-check.js";
import type { PullPlace } from "./pull-sources.js";

/** Why a pull request is looked at again that shares its check with another. */
const SHARED = "pull_request.shared";

type Sharer = KnownPull;

/** Others that want the same commit into the same branch: GitHub has one check for all of them. */
async function othersOf({ known, dependencies }: Pick<PullPlace, "known" | "dependencies">): Promise<readonly Sharer[]> {
  const all = await dependencies.store.pulls.sharing(known);
  return all.filter(({ number }) => number !== known.number);
}

/** Has whoever shares this head looked at again: the one that writes the check, or those it is left to. */
export async function markSharers(place: PullPlace): Promise<void> {
  const { dirty } = place.dependencies.store;
  for (const { installation, repository, number } of await othersOf(place))
    await dirty.mark({ installation, repository, number }, SHARED, place.dependencies.now());
}

const RANK: Readonly<Record<string, number>> = { failure: 0, action_required: 1, in_progress: 2, success: 3 };

const rankOf = (state: string): number => RANK[state] ?? 0;

interface Said {
  readonly number: number;
  readonly state: string;
  readonly title: string;
}

/** What the gate of another pull request says; one that was not judged, or is being judged, is not open. */
async function saidBy(sharer: Sharer, { store }: PullPlace["dependencies"]): Promise<Said> {
  const published = await store.publications.get(sharer, sharer.headSha, checkName(sharer.baseRef));
  const verdict = await store.pulls.verdict(sharer, sharer.headSha);
  const state = published?.checkState ?? "in_progress";
  const open = verdict?.conclusion === "success" && !verdict.awaiting;
  return {
    number: sharer.number,
    state: state === "success" && !open ? "in_progress" : state,
    title: plain(verdict?.title ?? text`not judged yet`),
  };
}

/** The strictest of what all say. Where another one's is, the check names it. */
async function strictest({ dependencies }: PullPlace, others: readonly Sharer[], own: CheckState): Promise<CheckState> {
  if (own.state !== "success") return own;
  const said = await Promise.all(others.map((other) => saidBy(other, dependencies)));
  const [worst] = said.filter(({ state }) => state !== "success").toSorted((one, other) => rankOf(one.state) - rankOf(other.state));
  if (worst === undefined) return own;
  const state = worst.state === "failure" || worst.state === "in_progress" ? worst.state : "action_required";
  const who = `#${worst.number}, which has the same head and base,`;
  const title = state === "in_progress" ? `${who} is not judged yet` : `${who} is closed: ${worst.title}`;
  return { state, output: { ...own.output, title: title.slice(0, 255) } };
}

/** The check of the pull request that writes it for all: never more open than any of them. */
function combined(place: PullPlace, others: readonly Sharer[], check: GateCheck): GateCheck {
  return {
    since: check.since,
    close: () => check.close(),
    async publish(own) {
      const wrote = await check.publish(await strictest(place, others, own));
      // One of them may have been closed between the look and the write.
      const after = await strictest(place, await othersOf(place), own);
      return after.state === "success" || own.state !== "success" ? wrote : (await check.publish(after)) || wrote;
    },
  };
}

/** Keeps what this pull request's check would say, and leaves the writing to the owner, who is told. */
async function leftToOwner(place: PullPlace, reopens: boolean): Promise<GateCheck> {
  const { known, dependencies } = place;
  const { publications } = dependencies.store;
  const name = checkName(known.baseRef);
  const before = await publications.get(known, known.headSha, name);
  const since = before?.since ?? dependencies.now();
  let state = before?.checkState ?? null;
  const keep = async (said: string): Promise<void> => {
    state = said;
    await publications.save(known, known.headSha, name, {
      checkRunId: null,
      checkState: said,
      checkDigest: null,
      annotationsDigest: null,
      since,
      runs: null,
    });
  };
  const close = async (): Promise<void> => {
    await keep("in_progress");
    await markSharers(place);
  };
  if (state === null || reopens) await close();
  return {
    since,
    close,
    async publish(check) {
      const same = state === check.state;
      await keep(check.state);
      return !same;
    },
    settled: () => markSharers(place),
  };
}

/** A run that another one wrote before is not the newest any more, and GitHub counts the newest: it is written to no more. */
async function supersede({ dependencies }: PullPlace, others: readonly Sharer[]): Promise<void> {
  const { publications } = dependencies.store;
  for (const other of others) {
    const name = checkName(other.baseRef);
    const published = await publications.get(other, other.headSha, name);
    if (published?.checkRunId == null) continue;
    await publications.save(other, other.headSha, name, { ...published, checkRunId: null, checkDigest: null, annotationsDigest: null });
  }
}

/**
 * The check of a pull request whose head and base others may share. The one with the lowest number writes it, so that
 * one worker at a time does, and it says the strictest of all their verdicts.
 */
export async function openSharedCheck(place: PullPlace, reopens: boolean): Promise<GateCheck> {
  const others = place.dependencies.remedies?.strictest === false ? [] : await othersOf(place);
  if (others.length === 0) return openGateCheck(place, reopens);
  if (others.some(({ number }) => number < place.known.number)) return leftToOwner(place, reopens);
  await supersede(place, others);
  return combined(place, others, await openGateCheck(place, reopens));
}
