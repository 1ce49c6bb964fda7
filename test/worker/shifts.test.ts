import { describe, expect, it } from "vitest";
import { shiftKey } from "../../src/evidence/level-shifts.js";
import type { KnownPull } from "../../src/store/store.js";
import { reportShifts } from "../../src/worker/shifts.js";
import { FakeGitHub } from "../github/fake-github.js";
import { useStage, verbs } from "./stage.js";

const stage = useStage();
const sha = (index: number) => `${index}`.padStart(40, "c");
const noise = [1, 1.01, 0.99, 1.005, 0.995];

/** Twenty runs at one level, then ten that are a fifth slower; merged by #5 into the 21st commit. */
async function slowedDown(repository: number): Promise<KnownPull> {
  const { history } = stage.store;
  const known = await stage.pull({ repository, headSha: sha(29), group: "baseline:1" });
  await history.recordCommits(
    known,
    Array.from({ length: 30 }, (_, index) => sha(index)),
  );
  for (let index = 0; index < 30; index++) {
    const value = (index < 20 ? 1 : 1.2) * (noise[index % 5] ?? 1);
    const measurement = { benchmark: "test_a", metric: "time", unit: "s", better: "lower", statistic: "min", value } as const;
    const at = new Date(Date.UTC(2026, 0, 1, 0, index));
    await history.recordRun(known, { sha: sha(index), at, onDefaultBranch: true, measurements: [measurement] });
  }
  return known;
}

const github = () =>
  new FakeGitHub({
    "GET /repos/{owner}/{repo}/pulls": () => [
      { number: 4, merged_at: "2026-01-01T00:00:00Z", merge_commit_sha: sha(19) },
      { number: 5, merged_at: "2026-01-01T00:00:00Z", merge_commit_sha: sha(20) },
      { number: 6, merged_at: null, merge_commit_sha: sha(20) },
    ],
    "POST /repos/{owner}/{repo}/check-runs": () => ({ id: 1 }),
  });

describe("the pass over the default branch", () => {
  it("reports a shift once, on its commit, as missed when no review had flagged it", async () => {
    const known = await slowedDown(51);
    const first = github();
    await reportShifts(known, undefined, stage.dependencies(first));
    expect(verbs(first)).toEqual(["GET /repos/{owner}/{repo}/pulls", "POST check-runs"]);
    expect(first.sent[1]?.parameters).toMatchObject({ name: "redline-history", head_sha: sha(20), conclusion: "success" });
    expect(JSON.stringify(first.sent[1]?.parameters)).toContain("the gate missed it");
    expect(await stage.store.history.shifts(known)).toMatchObject([{ sha: sha(20), before: sha(19), pulls: [5], flagged: false }]);
    const again = github();
    await reportShifts(known, undefined, stage.dependencies(again));
    expect(again.sent).toEqual([]);
  });

  it("knows that a review had said so", async () => {
    const known = await slowedDown(52);
    const flagged = [shiftKey({ benchmark: "test_a", metric: "time" })];
    const verdict = { conclusion: "success", advisory: true, title: [], action: [], violations: [], flagged } as const;
    await stage.store.pulls.saveVerdict({ installation: 1, repository: 52, number: 5 }, "a".repeat(40), verdict);
    await reportShifts(known, undefined, stage.dependencies(github()));
    expect(await stage.store.history.shifts(known)).toMatchObject([{ flagged: true }]);
  });
});
