import { expect, it } from "vitest";
import { storedFacts } from "../../src/github/facts.js";
import { confirmed } from "../../src/worker/gather-pull.js";
import { hearOfRuns, unheardRuns } from "../../src/worker/unheard-runs.js";
import { FakeGitHub } from "../github/fake-github.js";
import { useStage } from "./stage.js";

const stage = useStage();
const LIST = "GET /repos/{owner}/{repo}/actions/runs";
const startedAt = "2026-01-05T08:50:00Z";
const first = "2026-01-05T08:59:59Z";
const second = "2026-01-05T09:00:00Z";

const own = { status: "COMPLETED", workflowRun: null };
const running = { status: "IN_PROGRESS", workflowRun: { resourcePath: "/acme/shop/actions/runs/6", updatedAt: second } };
const suite = (updatedAt: string) => ({ status: "COMPLETED", workflowRun: { resourcePath: "/acme/shop/actions/runs/5", updatedAt } });

/** What GitHub answers of a head whose run 5 has ended, beside a check suite of an App's and one that a workflow still runs. */
const answer = (headRefOid: string, updatedAt: string) => ({
  repository: {
    ...{ databaseId: 2, url: "https://github.test/acme/shop", isInOrganization: true, defaultBranchRef: { name: "main" } },
    pullRequest: {
      ...{ number: 1, state: "OPEN", isDraft: false, locked: false, changedFiles: 1, updatedAt: second, headRefOid },
      ...{ headRepository: { databaseId: 2 }, baseRefName: "main", author: null, labels: { nodes: [] } },
      headCommit: { nodes: [{ commit: { oid: headRefOid, checkSuites: { nodes: [suite(updatedAt), null, running, own] } } }] },
      baseRef: { target: { oid: "b".repeat(40), file: null, statistics: null } },
    },
  },
});

/** A head whose run 5 GitHub shows as ended, in its facts and, when `listed`, in its list. */
async function scene({ listed = true, attempt = 1, updatedAt = first } = {}) {
  const known = await stage.pull();
  const run = (number: number) => ({
    ...{ id: 5, run_attempt: number, run_started_at: startedAt, updated_at: updatedAt, html_url: "https://github.test/5" },
    ...{ event: "pull_request", status: "completed", conclusion: "success", path: ".github/workflows/bench.yml" },
    ...{ head_sha: known.headSha, head_branch: "change", head_repository: { id: 2, owner: { login: "acme" } }, repository: { id: 2 } },
  });
  const github = new FakeGitHub({ [LIST]: () => ({ workflow_runs: listed ? [run(attempt)] : [] }) });
  const facts = storedFacts(known, answer(known.headSha, updatedAt).repository);
  if (facts === null) throw new Error("not read");
  const place = { github, known, dependencies: { ...stage.dependencies(github), staleMs: 6_000 } };
  const { heads } = stage.store;
  const event = { id: 5, attempt: 1, url: "u", startedAt, updatedAt: first };
  return {
    place,
    facts,
    asked: () => github.sent.splice(0).length,
    tell: () => heads.expectRun(known, 2, known.headSha, event),
    read: () => heads.forgetRun(known, 2, known.headSha, event),
    expected: async () => (await heads.expectedRuns(known, 2, known.headSha)).map(({ id, attempt: n, workflow }) => [id, n, workflow]),
  };
}

it("a run that GitHub shows as ended is expected before a verdict, though its event never came (R06)", async () => {
  const { place, facts, expected, asked } = await scene();
  expect(await unheardRuns(place, facts)).toEqual([{ id: 5, updatedAt: first }]);
  await hearOfRuns(place, facts);
  expect(await expected()).toEqual([[5, 1, ".github/workflows/bench.yml"]]);
  expect(await unheardRuns(place, facts)).toEqual([]);
  await hearOfRuns(place, facts);
  expect(asked()).toBe(1);
});

it("nothing is asked for a run of which its event told", async () => {
  const { place, facts, tell, asked } = await scene();
  await tell();
  await hearOfRuns(place, facts);
  expect(asked()).toBe(0);
});

it("a run that was run again since its event is asked for, and its new attempt is expected (R06, R29)", async () => {
  const { place, facts, tell, read, expected } = await scene({ attempt: 2, updatedAt: second });
  await tell();
  await read();
  await hearOfRuns(place, facts);
  expect(await expected()).toEqual([[5, 2, ".github/workflows/bench.yml"]]);
});

it("a change of a run that was read already is asked for once (R06)", async () => {
  const { place, facts, tell, read, expected, asked } = await scene({ updatedAt: second });
  await tell();
  await read();
  await hearOfRuns(place, facts);
  await hearOfRuns(place, facts);
  expect([await expected(), asked()]).toEqual([[], 1]);
});

it("a list that does not show yet what GitHub showed a moment ago is waited for, and no longer than it may be stale (R05)", async () => {
  const { place, facts } = await scene({ listed: false, updatedAt: second });
  await expect(hearOfRuns(place, facts)).rejects.toMatchObject({ name: "NotYetError" });
  const later = () => new Date(Date.parse(second) + 6_000);
  await hearOfRuns({ ...place, dependencies: { ...place.dependencies, now: later } }, facts);
});

it("a run that ended while a verdict was made keeps it from opening the gate (R06)", async () => {
  const { place, facts } = await scene();
  const github = new FakeGitHub({ "query PullRequestFacts": () => answer(place.known.headSha, second) });
  const before = { facts: { ...facts, endedRuns: [] }, at: new Date(0) };
  const again = await confirmed({ ...place, github }, before);
  expect(again?.facts.endedRuns).toEqual([{ id: 5, updatedAt: second }]);
});
