import { createHash } from "node:crypto";
import { shiftKey } from "../evidence/level-shifts.js";
import { failedAs, GitHubError, NoCommonAncestorError } from "../github/errors.js";
import { type PullFacts, readFacts } from "../github/facts.js";
import { removeLabel } from "../github/labels.js";
import { type Text, text } from "../model/text.js";
import type { Boxes, Review } from "../model/verdict.js";
import { renderCheck } from "../report/check.js";
import { renderComment } from "../report/comment.js";
import { markdown } from "../report/markdown.js";
import { measuredOf } from "../review/earlier-measurement.js";
import { review } from "../review/review.js";
import { HARMLESS } from "../store/harmless.js";
import type { KnownPull } from "../store/store.js";
import { withEnrolment } from "./enrolment.js";
import { withGateCheck } from "./first-write.js";
import { isMoved, refuseStale } from "./freshness.js";
import type { CheckState, GateCheck } from "./gate-check.js";
import { confirmed, type Gathered, gatherPull, readAgain } from "./gather-pull.js";
import { collectRuns } from "./head-evidence.js";
import { closeLeft } from "./left-checks.js";
import { publishCheck } from "./open-gate.js";
import { configurationDigest, type OverrideOutcome } from "./override.js";
import { withProtection } from "./protection.js";
import { type PullPlace, pullSources } from "./pull-sources.js";
import { markSharers, openSharedCheck } from "./shared-head.js";
import { publishComment } from "./sticky-comment.js";
import { hearOfRuns } from "./unheard-runs.js";

/** GitHub did not answer about a team, or the planner was busy: asked again after this. */
const RETRY_MS = 60_000;

/** Somebody ticked a line or changed our text: the comment is put right. */
const EDITED = "issue_comment.edited";
const REWRITTEN = new Set([EDITED, "issue_comment.unticked"]);

/** Hidden at the end of the comment, for people who look at its source; never used to recognise it. */
const marker = ({ repository, number }: KnownPull): string => `<!-- redline:${repository}:${number} -->`;

const after = ({ dependencies }: PullPlace, ms: number): Date => new Date(dependencies.now().getTime() + ms);

/** What a review came to, on its way to GitHub. */
interface Judged {
  readonly result: Review;
  readonly decision: OverrideOutcome | null;
  readonly facts: PullFacts;
  /** The comment is written even when it should say this already. */
  readonly restore: boolean;
  /** The comment may be there though the store has none. */
  readonly mayExist: boolean;
}

const flaggedIn = ({ comparisons }: Review): readonly string[] =>
  comparisons.filter(({ decision, doubt }) => decision === "regression" || doubt === "suspect").map(shiftKey);

const boxesOf = ({ checklist, snapshot }: Review): Boxes => ({
  sha: snapshot.head.sha,
  basis: Object.fromEntries(checklist.flatMap(({ item, basis }) => (basis === undefined ? [] : [[item, basis]]))),
});

/** A locked conversation takes no new comment of an App's; the check says the same. */
async function say(place: PullPlace, body: string, { restore, facts, mayExist }: Judged): Promise<void> {
  try {
    await publishComment(place, body, { force: restore, mayExist });
  } catch (error) {
    if (!failedAs(error, "permission")) throw error;
    // What was read before may be of a time when it was not locked.
    if (!facts.locked && !(await readFacts(place.github, place.known))?.locked) throw error;
  }
}

/** Resolves with whether the pull request moved meanwhile. */
async function publish(place: PullPlace, check: GateCheck, judged: Judged): Promise<boolean> {
  const { github, known, dependencies } = place;
  const { result, decision, facts } = judged;
  const options = dependencies.docsUrl === undefined ? {} : { docsUrl: dependencies.docsUrl };
  const state = result.verdict.awaiting ? "in_progress" : result.verdict.conclusion;
  const said: CheckState = { state, output: renderCheck(result, options) };
  const shown = result.verdict.advisory ? said : await withProtection(known, said, dependencies);
  // Before anything opens by it: whoever let a change pass stands in the audit.
  await dependencies.store.overrides.append(known, decision?.records ?? []);
  if (await publishCheck(place, check, shown)) return true;
  // Before the comment: a box that is there to be ticked has to be known.
  const under = { baseRef: facts.base.ref, configuration: configurationDigest(facts) };
  const kept = { ...result.verdict, flagged: flaggedIn(result), boxes: boxesOf(result), ...measuredOf(result), under };
  await dependencies.store.pulls.saveVerdict(known, known.headSha, kept);
  await check.settled?.();
  // Merged or closed while it was judged: nothing is said on what is over.
  if (!(await dependencies.store.pulls.get(known))?.open) return true;
  await say(place, renderComment(result, { marker: marker(known), ...options }), judged);
  if (decision?.removeLabel != null) await removeLabel(github, known, known.number, decision.removeLabel);
  return false;
}

const earliest = (times: readonly Date[]): Date | null => times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;

const opens = ({ verdict }: Review): boolean => verdict.conclusion === "success" && !verdict.awaiting;

async function judge(place: PullPlace, gathered: Gathered, check: GateCheck, reason: string): Promise<Date | null> {
  const { known, dependencies } = place;
  const facts = await withEnrolment(known, gathered.facts, dependencies.store.gate);
  await hearOfRuns(place, facts);
  await collectRuns(place, facts);
  const sources = pullSources(place, facts, gathered);
  const result = await review(sources, {
    waitUntil: (waitMs) => {
      const until = check.since.getTime() + waitMs;
      return until > dependencies.now().getTime() ? new Date(until).toISOString() : null;
    },
    waitingSince: check.since.toISOString(),
    today: dependencies.now().toISOString().slice(0, 10),
    digest: (content) => createHash("sha256").update(content).digest("hex"),
    onRuleError: (rule, error) => dependencies.log.error({ rule, err: error }, "a rule failed; its line says so"),
  });
  const decision = sources.decision();
  if (decision?.provisional) return settle(place, await readAgain(place), check, reason);
  const now = opens(result) ? await confirmed(place, gathered) : gathered;
  if (now !== gathered) {
    await refuseStale(place, now?.facts ?? null);
    return settle(place, now, check, reason);
  }
  const [restore, mayExist] = [REWRITTEN.has(reason), reason !== "pull_request.opened"];
  if (await publish(place, check, { result, decision, restore, facts, mayExist })) return dependencies.now();
  const again = decision?.retry || sources.isIncomplete() ? [after(place, RETRY_MS)] : [];
  return earliest([...again, ...[result.verdict.awaiting?.until, decision?.lookAgain].flatMap((at) => (at ? [new Date(at)] : []))]);
}

/** What a person has to mend before a review is possible; everything else is tried again. */
const sentenceOf = (error: unknown): Text | null => {
  if (error instanceof NoCommonAncestorError) return error.sentence;
  return error instanceof GitHubError && error.failure.kind === "permission" ? error.failure.sentence : null;
};

const observed = (known: KnownPull, facts: PullFacts): KnownPull => ({
  ...known,
  headSha: facts.head.sha,
  headRepository: facts.head.repositoryId,
  baseRef: facts.base.ref,
  open: facts.state === "open",
});

/** Judges what was gathered; when the pull request has moved meanwhile the work starts over with what it is now. */
async function settle(place: PullPlace, gathered: Gathered | null, check: GateCheck, reason: string): Promise<Date | null> {
  const { known, dependencies } = place;
  if (gathered?.facts.state !== "open") {
    await dependencies.store.pulls.observe({ ...known, open: false });
    if (gathered?.facts.state === "merged") await dependencies.store.pulls.merged(known);
    await markSharers(place);
    return null;
  }
  if (!isMoved(known, gathered.facts)) return judge(place, gathered, check, reason);
  await dependencies.store.pulls.observe(observed(known, gathered.facts));
  await markSharers(place);
  return dependencies.now();
}

async function reviewed(place: PullPlace, check: GateCheck, reason: string): Promise<Date | null> {
  const startedAt = place.dependencies.now();
  try {
    await closeLeft(place);
    const gathered = await gatherPull(place, reason);
    // What comes from the store was not read now: events have been told since, and are heeded.
    if (gathered === null || gathered.at >= startedAt) await refuseStale(place, gathered?.facts ?? null);
    return await settle(place, gathered, check, reason);
  } catch (error) {
    const sentence = sentenceOf(error);
    if (!sentence) throw error;
    const summary = markdown(text`${sentence}. Then re-run this check.`);
    await check.publish({ state: "action_required", output: { title: "The review could not be made", summary } });
    return after(place, 10 * RETRY_MS);
  }
}

/**
 * Brings one pull request's check, comment and label to what they should be now. Resolves with the time
 * to look again, or null. The check is the first write, and says so when a review is not possible.
 */
export async function reconcilePull(known: KnownPull, reason: string, dependencies: PullPlace["dependencies"]): Promise<Date | null> {
  const place = { github: await dependencies.github(known.installation), known, dependencies };
  return withGateCheck(
    place,
    (of) => openSharedCheck(of, !HARMLESS.has(reason)),
    (check) => reviewed(place, check, reason),
  );
}
