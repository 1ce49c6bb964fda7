import type { Double, SentDelivery } from "../github-double/client.mjs";
import { approver, checkOn, isFree, label, resultsOf } from "./ground.js";
import type { Kind } from "./options.js";
import type { Dice } from "./random.js";
import { expectedOf, type Head, headOf, isWithin, type Subject } from "./subject.js";

/** What an act needs of the run. */
export interface Hand {
  readonly github: Double;
  readonly kind: Kind;
  readonly dice: Dice;
  /** GUIDs of labels that somebody put who may: whether GitHub delivered them is looked up at the end. */
  readonly requests: Map<string, Head>;
}

/** Does something to a pull request and keeps the truth about it; false where it does not apply. */
export type Act = (subject: Subject, hand: Hand) => Promise<boolean>;

const at = ({ repository, number }: Subject) => ({ repository, number, wait: false });

const fileOf = ({ pushes }: Pick<Subject, "pushes">) => ({
  [`shop/part-${pushes}.conf`]: `a = ${pushes}
`,
});

const newHead = (sha: string, free: boolean): Head => ({ sha, free, runs: [], override: "none" });

/** An override ends with its head and its base; from then on only the figures count. */
async function endOverride({ github }: Hand, subject: Subject): Promise<void> {
  const head = headOf(subject);
  if (head.override === "none" || head.override === "ended") return;
  head.override = "ended";
  if (isWithin(head)) return;
  await github.expectOpen({ repository: subject.repository, number: subject.number, head: head.sha, base: subject.base, open: false });
}

export async function openPull(hand: Hand, repository: string, index: number): Promise<Subject> {
  const { github } = hand;
  const subject = { repository, branch: `change-${index}`, free: isFree(hand, repository), base: "main" as const, open: true, pushes: 0 };
  await github.push({ repository, branch: subject.branch, by: "dev", files: fileOf(subject), wait: false });
  const expect = subject.free ? { expect: "open" as const } : {};
  const { number, head_sha: sha } = await github.openPull({ repository, head: subject.branch, user: "dev", wait: false, ...expect });
  return { ...subject, number, heads: [newHead(sha, subject.free)] };
}

const push: Act = async (subject, hand) => {
  await endOverride(hand, subject);
  subject.pushes += 1;
  const { repository, branch, free } = subject;
  const expect = free ? { expect: "open" as const } : {};
  const { sha } = await hand.github.push({ repository, branch, by: "dev", files: fileOf(subject), wait: false, ...expect });
  subject.heads.push(newHead(sha, free));
  return true;
};

/** Back to the commit before: what was found out about it holds still, and an override of then does not. */
const pushBack: Act = async (subject, hand) => {
  const before = subject.heads.at(-2);
  if (!before || before.sha === headOf(subject).sha) return false;
  await endOverride(hand, subject);
  // The base may be another than when it was the head: what is within the budgets may be open there as well.
  const expect = isWithin(before) ? { expect: "open" as const } : {};
  await hand.github.push({ repository: subject.repository, branch: subject.branch, by: "dev", to: before.sha, wait: false, ...expect });
  subject.heads.push(before);
  return true;
};

/** What a run takes back it takes back for both base branches; the App is told of it once. */
async function takeBack({ github }: Hand, { repository, number, base }: Subject, { sha }: Head, told: readonly string[]): Promise<void> {
  const other = base === "main" ? "release" : "main";
  await github.expectOpen({ repository, number, head: sha, base: other, open: false, told });
}

const guidsOf = ({ deliveries }: { readonly deliveries: readonly SentDelivery[] }) => deliveries.map(({ guid }) => guid);

/** Half of the figures hold the budget; the others are so far beyond it that one run is enough. */
const run: Act = async (subject, hand) => {
  const { github, dice } = hand;
  const head = headOf(subject);
  if (head.runs.length > 0) return false;
  const p99 = dice.chance(0.5) ? dice.whole(40, 90) : dice.whole(180, 400);
  const before = expectedOf(subject);
  head.runs.push({ id: 0, p99 });
  const expect = isWithin(head) ? { expect: "open" as const } : before === "closed" ? {} : { expect: "closed" as const };
  const done = await github.completeRun({ ...at(subject), artifacts: resultsOf(p99), ...expect });
  head.runs.splice(-1, 1, { id: done.id, p99 });
  if (!isWithin(head)) await takeBack(hand, subject, head, guidsOf(done));
  return true;
};

/** A later attempt of a good run is over the budget. */
const worse: Act = async (subject, hand) => {
  const { github, dice } = hand;
  const head = headOf(subject);
  const first = head.runs[0];
  if (!first || head.runs.length > 1 || !isWithin(head)) return false;
  const p99 = dice.whole(300, 500);
  head.runs.push({ id: first.id, p99 });
  await github.rerun({ repository: subject.repository, run: first.id, wait: false });
  const done = await github.completeRun({ ...at(subject), run: first.id, artifacts: resultsOf(p99), expect: "closed" });
  await takeBack(hand, subject, head, guidsOf(done));
  return true;
};

const hasLabel = async ({ github }: Hand, { repository, number }: Subject): Promise<boolean> =>
  (await github.pull({ repository, number })).labels.some(({ name }) => name === label);

const isShownClosed = async ({ github, kind }: Hand, { repository, number, base }: Subject): Promise<boolean> =>
  (await github.checkRuns({ repository, number })).findLast(({ name }) => name === checkOn(kind, base))?.conclusion === "failure";

const guidOf = (deliveries: readonly SentDelivery[], action: string) => deliveries.find((one) => one.action === action)?.guid;

/** Somebody of the team lets a head pass that is over its budget. What has not been shown yet need not be covered. */
const approve: Act = async (subject, hand) => {
  const head = headOf(subject);
  if (isWithin(head) || head.runs.length === 0 || head.override !== "none" || (await hasLabel(hand, subject))) return false;
  head.override = (await isShownClosed(hand, subject)) ? "valid" : "maybe";
  const { deliveries } = await hand.github.label({ ...at(subject), label, user: approver, expect: "open" });
  const guid = guidOf(deliveries, "labeled");
  if (guid !== undefined) hand.requests.set(guid, head);
  return true;
};

/** The author, though of the team, or somebody outside it: opens nothing. */
const meddle: Act = async (subject, hand) => {
  const head = headOf(subject);
  if (isWithin(head) || head.override !== "none" || (await hasLabel(hand, subject))) return false;
  await hand.github.label({ ...at(subject), label, user: hand.dice.of(["dev", "stranger"]) });
  return true;
};

const unlabel: Act = async (subject, hand) => {
  const head = headOf(subject);
  if (head.override === "none" || head.override === "ended" || !(await hasLabel(hand, subject))) return false;
  head.override = "ended";
  await hand.github
    .unlabel({ ...at(subject), label, user: "dev", ...(!isWithin(head) && { expect: "closed" as const }) })
    .catch(() => undefined);
  return true;
};

const retarget: Act = async (subject, hand) => {
  await endOverride(hand, subject);
  subject.base = subject.base === "main" ? "release" : "main";
  const expect = isWithin(headOf(subject)) ? { expect: "open" as const } : {};
  await hand.github.editPull({ ...at(subject), base: subject.base, user: "dev", ...expect });
  return true;
};

const rerequest: Act = async (subject, { github, kind }) => {
  const { repository, number, base } = subject;
  const check = (await github.checkRuns({ repository, number })).findLast(({ name }) => name === checkOn(kind, base));
  if (!check) return false;
  await github.rerequestCheckRun({ repository, check_run: check.id, user: "dev", wait: false });
  return true;
};

const closeAndReopen: Act = async (subject, { github }) => {
  await github.closePull({ ...at(subject), user: "dev" });
  await github.reopenPull({ ...at(subject), user: "dev" });
  return true;
};

const draft: Act = async (subject, { github }) => {
  await github.convertToDraft({ ...at(subject), user: "dev" });
  await github.readyForReview({ ...at(subject), user: "dev" });
  return true;
};

const ownComment = async ({ github }: Hand, { repository, number }: Subject) =>
  (await github.comments({ repository, number })).find(({ performed_via_github_app: app }) => app !== null && app !== undefined);

const scribble: Act = async (subject, hand) => {
  const comment = await ownComment(hand, subject);
  if (!comment) return false;
  const args = { repository: subject.repository, comment: comment.id, user: "dev", wait: false };
  await hand.github.editComment({ ...args, body: `${comment.body}\nwho reads this?` }).catch(() => undefined);
  return true;
};

const talk: Act = async (subject, { github, dice }) => {
  await github.comment({ ...at(subject), user: "dev", body: `remark ${dice.whole(1, 99)}` });
  return true;
};

const acts = { push, pushBack, run, worse, approve, meddle, unlabel, retarget, rerequest, closeAndReopen, draft, scribble, talk };

const weights: Record<keyof typeof acts, number> = {
  push: 20,
  run: 40,
  worse: 5,
  approve: 12,
  meddle: 5,
  unlabel: 4,
  retarget: 4,
  pushBack: 3,
  rerequest: 4,
  closeAndReopen: 3,
  draft: 2,
  scribble: 4,
  talk: 3,
};

const names: readonly [keyof typeof acts, ...(keyof typeof acts)[]] = [
  "run",
  "push",
  "worse",
  "approve",
  "meddle",
  "unlabel",
  "retarget",
  "pushBack",
  "rerequest",
  "closeAndReopen",
  "draft",
  "scribble",
  "talk",
];

/** One act of those that apply, on one pull request. */
export async function actOn(subject: Subject, hand: Hand): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    if (await acts[hand.dice.weighted(weights, names)](subject, hand)) return;
  }
}

/** The last acts: most heads that wait for figures get some, so that there is something to be right or wrong about. */
export async function finish(subject: Subject, hand: Hand): Promise<void> {
  if (hand.dice.chance(0.85)) await run(subject, hand);
}
