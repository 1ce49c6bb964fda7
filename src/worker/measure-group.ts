import { readBlobs } from "../github/blobs.js";
import { compareSides } from "../github/changed-files.js";
import { type PullFacts, readFacts } from "../github/facts.js";
import { assemble, type ReadSnapshot, wantedOf } from "../github/snapshot.js";
import { plain, type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { renderCheck } from "../report/check.js";
import { markdown } from "../report/markdown.js";
import type { Member } from "../review/carry.js";
import { readConfiguration } from "../review/configured.js";
import { review } from "../review/review.js";
import type { RunRecord } from "../store/gate-types.js";
import type { CheckState } from "./gate-check.js";
import { collectRuns } from "./head-evidence.js";
import { type PullPlace, pullSources } from "./pull-sources.js";

/** What a group's own measurement says, and when to look again; null where nobody measures it. */
export type Measured = { readonly state: CheckState; readonly again: Date | null } | null;

/** A comparison lists no more files than this. */
const COMPARED = 300;

/** What is known of a group's measurement before anything is read of GitHub. */
type Outlook =
  | { readonly status: "delivered" }
  | { readonly status: "none" }
  | { readonly status: "awaited"; readonly what: Text }
  | { readonly status: "failed"; readonly what: Text };

const endOf = ({ conclusion }: RunRecord): Text => (conclusion === null ? text`ended` : text`ended (${conclusion})`);

/** The newest attempt of each workflow. */
const newest = (runs: readonly RunRecord[]): readonly RunRecord[] => [...new Map(runs.map((run) => [run.workflow, run])).values()];

/** Whether somebody has measured, is measuring or should be measuring this commit: workflows that have delivered results here before. */
async function outlookOf({ known, dependencies }: PullPlace): Promise<Outlook> {
  const { gate, heads } = dependencies.store;
  const expected = await heads.expectedRuns(known, known.repository, known.headSha);
  const results = await heads.results(known, known.repository, known.headSha);
  if (expected.length + results.length > 0) return { status: "delivered" };
  const measuring = new Set(await gate.resultWorkflows(known));
  const runs = newest((await gate.runs(known, known.repository, known.headSha)).filter(({ workflow }) => measuring.has(workflow)));
  const [under] = runs.filter(({ completed }) => !completed);
  if (under) return { status: "awaited", what: text`${under.workflow}, which measures this group, runs since ${under.startedAt}` };
  const [ended] = runs;
  if (ended) return { status: "failed", what: text`${ended.workflow}, which measures this group, ${endOf(ended)} without a result` };
  const [usual] = await gate.groupWorkflows(known);
  return usual === undefined
    ? { status: "none" }
    : { status: "awaited", what: text`${usual}, which measures merge groups here, has not run yet` };
}

/** The named pull request's facts, with the group's commit for a head: the configuration is the base branch's. */
async function factsOf({ github, known }: PullPlace, members: readonly Member[]): Promise<PullFacts | null> {
  const number = members.at(-1)?.number;
  const facts = number === undefined ? null : await readFacts(github, { owner: known.owner, name: known.name, number });
  return facts && { ...facts, head: { sha: known.headSha, repositoryId: known.repository }, draft: false, labels: [], author: null };
}

async function snapshotOf({ github }: PullPlace, facts: PullFacts): Promise<ReadSnapshot> {
  const { files, mergeBase } = await compareSides(github, { ...facts, base: facts.base.sha, head: facts.head.sha });
  const incomplete = files.length < COMPARED ? {} : { incomplete: `GitHub listed ${COMPARED} files of the group and no more` };
  const changed = { mergeBase, files, ...incomplete };
  return assemble(facts, changed, await readBlobs(github, facts, wantedOf(changed, facts.head.sha)));
}

/** The wait for a group's results. */
interface Wait {
  readonly since: Date;
  readonly until: (waitMs: number) => string | null;
}

async function reviewOf(place: PullPlace, facts: PullFacts, wait: Wait): Promise<Review> {
  const { dependencies } = place;
  const read = await snapshotOf(place, facts);
  const sources = pullSources(place, facts, { read });
  return review(
    { ...sources, override: async () => ({ override: null }), attestations: async () => [] },
    {
      waitUntil: wait.until,
      waitingSince: wait.since.toISOString(),
      today: dependencies.now().toISOString().slice(0, 10),
      answeredBefore: true,
      onRuleError: (rule, error) => dependencies.log.error({ rule, err: error }, "a rule failed; its line says so"),
    },
  );
}

const said = (title: Text, state: CheckState["state"]): CheckState => ({
  state,
  output: { title: plain(title).slice(0, 255), summary: `${markdown(title)}.` },
});

/** The deadline of what is waited for; after it the group is closed. */
function awaited(what: Text, until: string | null): Measured {
  if (until === null) return { state: said(text`No result for this merge group: ${what}`, "action_required"), again: null };
  return { state: said(text`Waiting for a result of this merge group: ${what}`, "in_progress"), again: new Date(until) };
}

async function delivered(place: PullPlace, facts: PullFacts, wait: Wait): Promise<Measured> {
  const { docsUrl, store } = place.dependencies;
  await collectRuns(place, facts);
  if ((await store.heads.results(place.known, place.known.repository, place.known.headSha)).length === 0) {
    return { state: said(text`No result for this merge group: its workflow ended without one`, "action_required"), again: null };
  }
  const result = await reviewOf(place, facts, wait);
  const { awaiting, conclusion } = result.verdict;
  const output = renderCheck(result, docsUrl === undefined ? {} : { docsUrl });
  const title = plain(text`The merge group was measured: ${result.verdict.title}`).slice(0, 255);
  return {
    state: { state: awaiting ? "in_progress" : conclusion, output: { ...output, title } },
    again: awaiting ? new Date(awaiting.until) : null,
  };
}

/**
 * What workflows say of the group's own commit. A pull request whose override let it in is not measured again by itself:
 * its people have decided. @throws GitHubError
 */
export async function measureGroup(place: PullPlace, since: Date, members: readonly Member[]): Promise<Measured> {
  const outlook = await outlookOf(place);
  const overridden = members.length === 1 && members[0]?.verdict?.override?.status === "granted";
  if (outlook.status === "none" || overridden) return null;
  if (outlook.status === "failed")
    return { state: said(text`No result for this merge group: ${outlook.what}`, "action_required"), again: null };
  const facts = await factsOf(place, members);
  if (facts === null) return awaited(text`the pull request is gone`, null);
  const until = (waitMs: number): string | null => {
    const end = since.getTime() + waitMs;
    return end > place.dependencies.now().getTime() ? new Date(end).toISOString() : null;
  };
  if (outlook.status === "delivered") return delivered(place, facts, { since, until });
  return awaited(outlook.what, until(readConfiguration(facts.configuration, []).config.evidence.waitMs));
}
