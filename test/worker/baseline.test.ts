import { describe, expect, it } from "vitest";
import { isBaselineRun, type WorkflowRun } from "../../src/github/runs.js";
import { DEFAULT_BRANCH } from "../../src/store/store.js";
import { recordBaseline } from "../../src/worker/baseline.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const COMPARE = "GET /repos/{owner}/{repo}/compare/{basehead}";
const LIST = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";
const startedAt = "2026-01-05T09:00:00Z";

/** Has a push run's baseline recorded; which artifacts were asked for. */
async function recorded(status: string, pushed: boolean, configuration: string | null = null) {
  const known = await stage.pull({ number: 0, group: "baseline:1:1" });
  const run = { id: 1, attempt: 1, url: "https://github.test/run/1", startedAt, workflow: ".github/workflows/bench.yml" };
  await stage.store.heads.expectRun(known, DEFAULT_BRANCH, known.headSha, run);
  if (pushed) await stage.store.history.recordCommits(known, [known.headSha]);
  const github = writable({
    [COMPARE]: () => ({ status }),
    [LIST]: () => ({ artifacts: [] }),
    ...(configuration !== null && { "GET /repos/{owner}/{repo}/contents/{path}": () => configuration }),
  });
  await recordBaseline(known, stage.dependencies(github));
  expect(await stage.store.heads.expectedRuns(known, DEFAULT_BRANCH, known.headSha)).toEqual([]);
  const asked = github.sent.map(({ route }) => route);
  return { listed: asked.includes(LIST), compared: asked.includes(COMPARE) };
}

describe("a baseline", () => {
  it("comes from a commit that a push brought to the default branch, without another question (A01)", async () => {
    expect(await recorded("diverged", true)).toEqual({ listed: true, compared: false });
  });

  it.each([
    ["identical", true],
    ["behind", true],
    ["ahead", false],
    ["diverged", false],
  ])("comes from a commit whose push was missed only where GitHub says that the branch holds it: %s (A01)", async (status, listed) => {
    expect(await recorded(status, false)).toEqual({ listed, compared: true });
  });

  const forged: readonly Partial<WorkflowRun>[] = [
    {},
    { headRepository: { id: 9, owner: "mallory" } },
    { headRepository: null },
    { event: "pull_request" },
    { event: "pull_request_target" },
    { event: "workflow_dispatch" },
    { event: "schedule" },
    { headBranch: "feature" },
    { headBranch: null },
  ];

  it("comes from no forged run, and would from most without its remedy, by a run's own word for its branch (A01)", () => {
    const run: WorkflowRun = {
      id: 1,
      attempt: 1,
      url: "https://github.test/run/1",
      startedAt,
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
    const believed = forged.filter((parts) => isBaselineRun({ ...run, ...parts }, "main"));
    const byItsWord = forged.filter((parts) => ({ ...run, ...parts }).headBranch === "main");
    expect([believed, byItsWord.length]).toEqual([[{}], 7]);
  });
});
