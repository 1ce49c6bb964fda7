import { expect, test } from "vitest";
import { workflowRunEvent } from "../../src/events/workflow-run.js";
import { DEFAULT_BRANCH } from "../../src/store/store.js";
import { FakeGitHub } from "../github/fake-github.js";
import { known, place, Stage } from "./stage.js";

const LIST = "GET /repos/{owner}/{repo}/pulls";

const run = (changed: object = {}) => ({
  id: 100,
  run_attempt: 2,
  run_started_at: "2026-01-05T08:00:00Z",
  html_url: "https://github.com/acme/shop/actions/runs/100",
  event: "pull_request",
  status: "completed",
  path: ".github/workflows/bench.yml",
  head_sha: "head",
  head_branch: "feature",
  head_repository: { id: 2, owner: { login: "acme" } },
  repository: { id: 2 },
  ...changed,
});

const payload = (changed: object = {}) => ({ ...place, action: "completed", workflow_run: run(changed) });

const expected = {
  id: 100,
  attempt: 2,
  url: "https://github.com/acme/shop/actions/runs/100",
  startedAt: "2026-01-05T08:00:00Z",
  updatedAt: null,
  workflow: ".github/workflows/bench.yml",
};

test("a run of a known head is remembered and marks its pull requests, without asking GitHub", async () => {
  const stage = new Stage([known(), known({ number: 6, baseRef: "release" }), known({ number: 7, headSha: "other" })]);
  const github = new FakeGitHub();
  await stage.handle(workflowRunEvent, payload(), github);
  expect(stage.runs).toEqual([[2, "head", expected]]);
  expect(stage.dirty).toEqual([
    [5, "workflow_run.completed"],
    [6, "workflow_run.completed"],
  ]);
  expect(github.sent).toEqual([]);
});

test("the same SHA in a fork, or a closed pull request, is somebody else's (A03)", async () => {
  const stage = new Stage([known({ headRepository: 9 }), known({ number: 6, open: false })]);
  await stage.handle(workflowRunEvent, payload(), new FakeGitHub({ [LIST]: () => [] }));
  expect(stage.dirty).toEqual([]);
});

test("a run of a head that was left marks those that may have left it open, without a look at GitHub for each (R32)", async () => {
  const stage = new Stage([known({ headSha: "next" }), known({ number: 6 })]);
  for (const number of [5, 6]) stage.left.push({ key: { installation: 1, repository: 2, number }, headSha: "head", baseRef: "release" });
  stage.left.push({ key: { installation: 1, repository: 2, number: 9 }, headSha: "other", baseRef: "main" });
  await stage.handle(workflowRunEvent, payload());
  expect(stage.dirty).toEqual([
    [5, "workflow_run.left"],
    [6, "workflow_run.left"],
    [6, "workflow_run.completed"],
  ]);
});

test("an unknown fork head is looked up, and must be this commit of this repository (A03)", async () => {
  const stage = new Stage();
  const pull = (number: number, sha: string, repository: number | null) => ({
    number,
    head: { sha, repo: repository === null ? null : { id: repository } },
    base: { ref: "main" },
  });
  const github = new FakeGitHub({ [LIST]: () => [pull(5, "head", 9), pull(6, "older", 9), pull(7, "head", 8), pull(8, "head", null)] });
  await stage.handle(workflowRunEvent, payload({ head_repository: { id: 9, owner: { login: "mallory" } } }), github);
  expect(github.sent.map(({ parameters }) => parameters)).toEqual([
    { owner: "acme", repo: "shop", head: "mallory:feature", state: "open", per_page: 100 },
  ]);
  expect(stage.observed).toEqual([known({ headRepository: 9 })]);
  expect(stage.dirty).toEqual([[5, "workflow_run.completed"]]);
});

test("a push run of the default branch becomes work on the baseline, kept apart from what pull requests deliver", async () => {
  const stage = new Stage([known()]);
  const github = new FakeGitHub();
  await stage.handle(workflowRunEvent, payload({ event: "push", head_branch: "main", head_sha: "tip" }), github);
  expect(github.sent).toEqual([]);
  expect(stage.dirty).toEqual([["baseline:100:2", "workflow_run.completed"]]);
  expect(stage.observed.at(-1)).toEqual(known({ number: 0, group: "baseline:100:2", headSha: "tip" }));
  const { updatedAt: _, ...ofBaseline } = expected;
  expect(stage.runs).toEqual([
    [2, "tip", expected],
    [DEFAULT_BRANCH, "tip", ofBaseline],
  ]);
});

test.each([
  ["a fork's push", { head_repository: { id: 9, owner: { login: "mallory" } }, event: "push", head_branch: "main" }],
  ["a pull request's run on a branch called main", { event: "pull_request", head_branch: "main" }],
  ["another branch's push", { event: "push", head_branch: "feature" }],
])("%s never becomes a baseline (A01)", async (_, changed) => {
  const stage = new Stage();
  await stage.handle(workflowRunEvent, payload(changed), new FakeGitHub({ [LIST]: () => [] }));
  expect(stage.dirty).toEqual([]);
});

test("a run of a deleted fork can belong to nobody", async () => {
  const stage = new Stage([known()]);
  await stage.handle(workflowRunEvent, payload({ head_repository: null }));
  expect([stage.runs, stage.dirty]).toEqual([[], []]);
});

test("a run that begins is remembered, and marks nothing but the merge group that it measures (R26, R28)", async () => {
  const group = known({ number: 5, group: "group", headSha: "group" });
  const stage = new Stage([known(), group, known({ number: 0, group: "baseline:1:1", headSha: "group" })]);
  const begun = (changed: object) => ({ ...payload({ status: "queued", ...changed }), action: "requested" });
  await stage.handle(workflowRunEvent, begun({}));
  expect(stage.dirty).toEqual([]);
  await stage.handle(workflowRunEvent, begun({ event: "merge_group", head_sha: "group" }));
  await stage.handle(
    workflowRunEvent,
    begun({ event: "merge_group", head_sha: "group", head_repository: { id: 9, owner: { login: "mallory" } } }),
  );
  expect(stage.dirty).toEqual([["group", "workflow_run.requested"]]);
  expect(stage.begun.map(([sha, { completed, event }]) => [sha, completed, event])).toEqual([
    ["head", false, "pull_request"],
    ["group", false, "merge_group"],
    ["group", false, "merge_group"],
  ]);
  expect(stage.runs).toEqual([]);
});

test("a run of a merge group marks the group when it ends, and looks for no pull request", async () => {
  const stage = new Stage([known({ group: "group", headSha: "group" })]);
  const github = new FakeGitHub();
  await stage.handle(workflowRunEvent, payload({ event: "merge_group", head_sha: "group" }), github);
  await stage.handle(workflowRunEvent, payload({ event: "merge_group", head_sha: "given-up" }), github);
  expect([stage.dirty, github.sent]).toEqual([[["group", "workflow_run.completed"]], []]);
});
