import { checkName } from "../github/checks.js";
import { storedFacts } from "../github/facts.js";
import { commitsAhead } from "../github/group-commits.js";
import { plain, type Text, text } from "../model/text.js";
import { markdown } from "../report/markdown.js";
import { type Carried, carry, type Member } from "../review/carry.js";
import { containedPulls, type NamedGroup } from "../review/merge-group.js";
import type { GroupRecord } from "../store/gate-types.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { withGateCheck } from "./first-write.js";
import { type CheckState, type GateCheck, openGateCheck } from "./gate-check.js";
import { measureGroup } from "./measure-group.js";
import type { PullPlace } from "./pull-sources.js";

/** A queue gives a check at most this long (GitHub docs: merge queue, check response timeout), so nobody asks after it. */
const LIFE_MS = 360 * 60_000;

/** A member that is being judged anew is looked at again after this, and not longer than that. */
const SOON_MS = 5_000;
const PATIENCE_MS = 10 * 60_000;

/** Groups that one may stand on: more than a queue builds at once. */
const CHAIN = 100;

const titleOf = (title: Text): string => plain(title).slice(0, 255);

const NOT_MEASURED = "The group's own commit was not measured; the verdict is the one that each pull request has on its own head.";

const headsOf = (members: readonly Member[]): string =>
  members.map(({ number, headSha }) => `#${number} at ${headSha?.slice(0, 7) ?? "?"}`).join(", ");

const open = ({ title, members }: Extract<Carried, { status: "open" }>): CheckState => ({
  state: "success",
  output: { title: titleOf(title), summary: `${NOT_MEASURED} Judged: ${headsOf(members)}.` },
});

const closed = (title: Text, state: "failure" | "action_required", advice: string): CheckState => ({
  state,
  output: { title: titleOf(title), summary: `${markdown(title)}. ${advice}` },
});

const ADVICE = "Take the pull request out of the queue, have its own check succeed, and queue it again.";

const waiting = (title: Text): CheckState => ({
  state: "in_progress",
  output: { title: titleOf(title), summary: "The gate is closed until that is known." },
});

/** Groups below this one in its queue, as far as they were asked for here. */
async function earlierOf(known: KnownPull, group: NamedGroup, { store }: Dependencies): Promise<readonly GroupRecord[]> {
  const found: GroupRecord[] = [];
  for (let sha = group.baseSha; found.length < CHAIN; ) {
    const below = await store.gate.group(known, sha);
    if (below === null || found.some(({ headSha }) => headSha === below.headSha)) break;
    found.push(below);
    sha = below.baseSha;
  }
  return found;
}

async function memberOf(known: KnownPull, number: number, { store }: Pick<Dependencies, "store">): Promise<Member> {
  const { installation, repository, baseRef } = known;
  const pull = await store.pulls.get({ installation, repository, number });
  if (!pull?.open || pull.baseRef !== baseRef) return { number, headSha: null, state: null, verdict: null };
  const published = await store.publications.get(pull, pull.headSha, checkName(baseRef));
  return {
    number,
    headSha: pull.headSha,
    state: published && (published.checkState ?? "in_progress"),
    verdict: await store.pulls.verdict(pull, pull.headSha),
  };
}

/**
 * The pull request that the group is named after, where the group holds exactly what was judged with it: the same
 * content, on the commit of the base branch that it was compared with. Whatever else went into such a group changed
 * nothing. Both names of the content are GitHub's own. Null: only its commits can tell.
 */
async function judgedAsIs({ known, dependencies: { store } }: PullPlace, group: GroupRecord): Promise<Member | null> {
  if (group.tree === null || group.number === 0) return null;
  const { installation, repository } = known;
  const pull = await store.pulls.get({ installation, repository, number: group.number });
  const kept = pull && (await store.readings.get(pull));
  const facts = kept && storedFacts(pull, kept.answer);
  if (!facts || facts.head.sha !== pull.headSha || facts.head.tree !== group.tree || facts.base.sha !== group.baseSha) return null;
  const read = await store.heads.snapshot(known, facts.base.sha, facts.head.sha);
  return read?.snapshot.mergeBase.sha === group.baseSha ? memberOf(known, group.number, { store }) : null;
}

async function carriedOf(place: PullPlace, group: GroupRecord): Promise<Carried> {
  const { github, known, dependencies } = place;
  const same = await judgedAsIs(place, group);
  if (same) return carry([same]);
  const pulls = (await dependencies.store.pulls.onBase(known, known.baseRef)).filter((pull) => pull.group === undefined);
  const earlier = await earlierOf(known, group, dependencies);
  const contained = containedPulls({ group, earlier, pulls, ...(await commitsAhead(github, known, known.baseRef, known.headSha)) });
  if ("unknown" in contained) {
    return { status: "closed", conclusion: "action_required", title: text`This merge group cannot be judged: ${contained.unknown}` };
  }
  const members: Member[] = [];
  for (const number of contained.numbers) members.push(await memberOf(known, number, dependencies));
  return carry(members);
}

const later = ({ dependencies }: PullPlace, ms: number): Date => new Date(dependencies.now().getTime() + ms);

/** Says what the group gets, and when to look again. */
async function answer(place: PullPlace, check: GateCheck, carried: Carried, until: Date): Promise<Date | null> {
  if (carried.status === "closed") {
    await check.publish(closed(carried.title, carried.conclusion, ADVICE));
    return until;
  }
  if (carried.status === "wait") {
    const late = place.dependencies.now().getTime() - check.since.getTime() > PATIENCE_MS;
    await check.publish(late ? closed(carried.title, "action_required", ADVICE) : waiting(carried.title));
    return late ? until : later(place, SOON_MS);
  }
  const measured = await measureGroup(place, check.since, carried.members);
  await check.publish(measured?.state ?? open(carried));
  return measured?.again ?? until;
}

/**
 * Answers a merge group, always: the queue waits for the check. It is open only when every pull request in it is open for
 * this base; where workflows measured the group's own commit that counts as well, and where they are about to it is
 * waited for. The group is looked at again whenever one of these changes, until the queue gives it up.
 */
export async function reconcileMergeGroup(known: KnownPull, dependencies: Dependencies): Promise<Date | null> {
  const { gate, pulls } = dependencies.store;
  const now = dependencies.now();
  const group = (await gate.group(known, known.headSha)) ?? { ...known, baseSha: "", tree: null, requestedAt: now };
  const until = new Date(group.requestedAt.getTime() + LIFE_MS);
  if (until <= now) {
    await pulls.observe({ ...known, open: false });
    return null;
  }
  const place = { github: await dependencies.github(known.installation), known, dependencies };
  const open = (of: PullPlace): Promise<GateCheck> => openGateCheck(of, true);
  return withGateCheck(place, open, async (check) => answer(place, check, await carriedOf(place, group), until));
}
