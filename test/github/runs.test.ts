import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPulls } from "../../src/github/pulls.js";
import { readDefaultBranch } from "../../src/github/repository.js";
import { isBaselineRun, listRuns, type WorkflowRun } from "../../src/github/runs.js";
import { clean, raiseStage, type Stage } from "../github-double/stage.js";

const shop = { owner: "acme", name: "shop" };

describe("against the local GitHub", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  test("runs of a head are listed with their newest attempt, the oldest run first", async () => {
    const first = await stage.github.completeRun({ repository: "acme/shop", number: 1 });
    const second = await stage.github.completeRun({ repository: "acme/shop", number: 1, name: "load" });
    await stage.github.rerun({ repository: "acme/shop", run: first.id });
    const runs = await listRuns(stage.app, shop, stage.head);
    expect(runs.map(({ id, attempt, completed, headSha }) => ({ id, attempt, completed, headSha }))).toEqual([
      { id: first.id, attempt: 2, completed: false, headSha: stage.head },
      { id: second.id, attempt: 1, completed: true, headSha: stage.head },
    ]);
    expect(await listRuns(stage.app, shop, "0".repeat(40))).toEqual([]);
  });

  test("the default branch and its head are read", async () => {
    expect(await readDefaultBranch(stage.app, shop)).toEqual({ ref: "main", sha: stage.base });
  });

  test("an open pull request is found by the head of a run, and by no other commit or repository", async () => {
    const [run] = await listRuns(stage.app, shop, stage.head);
    const head = { owner: "acme", branch: "feature", repositoryId: run?.repositoryId ?? 0, sha: stage.head };
    expect(await findPulls(stage.app, shop, head)).toEqual([{ number: 1, baseRef: "main" }]);
    expect(await findPulls(stage.app, shop, { ...head, sha: stage.base })).toEqual([]);
    expect(await findPulls(stage.app, shop, { ...head, repositoryId: head.repositoryId + 1 })).toEqual([]);
  });
});

describe("a baseline comes from a push to the default branch of the repository itself", () => {
  const run: WorkflowRun = {
    id: 1,
    attempt: 1,
    url: "https://github.com/acme/shop/actions/runs/1",
    startedAt: "2026-01-05T09:00:00Z",
    updatedAt: null,
    event: "push",
    completed: true,
    conclusion: "success",
    workflow: ".github/workflows/bench.yml",
    headSha: "tip",
    headBranch: "main",
    headRepository: { id: 2, owner: "acme" },
    repositoryId: 2,
  };

  test.each([
    ["that run", {}, true],
    ["a fork's run of that name", { headRepository: { id: 9, owner: "mallory" } }, false],
    ["a deleted fork's run", { headRepository: null }, false],
    ["a pull request's run", { event: "pull_request" }, false],
    ["a run that somebody dispatched", { event: "workflow_dispatch" }, false],
    ["another branch's run", { headBranch: "feature" }, false],
  ])("%s: %s", (_, changed, expected) => {
    expect(isBaselineRun({ ...run, ...changed }, "main")).toBe(expected);
  });
});
