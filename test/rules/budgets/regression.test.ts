import { describe, expect, it } from "vitest";
import type { Comparison } from "../../../src/model/judgement.js";
import { plain } from "../../../src/model/text.js";
import { regression } from "../../../src/rules/budgets/regression.js";
import { comparison } from "../judged.js";

const check = (...parts: readonly Partial<Comparison>[]) => regression.check({ comparisons: parts.map(comparison) }, {});
const slower = { decision: "regression", candidate: 0.12, change: 0.2 } as const;

describe("budgets/regression", () => {
  it("blocks on a regression past the blocking rule", () => {
    expect(check({ ...slower, blocks: true })).toMatchObject([{ severity: "blocking" }]);
  });

  it("warns of a regression below it", () => {
    expect(check(slower)).toMatchObject([{ severity: "warning" }]);
  });

  it("asks about a first look that is over the history", () => {
    expect(check({ decision: "inconclusive", doubt: "suspect", runs: 1, candidate: 0.2, change: 1 })).toMatchObject([
      { severity: "question" },
    ]);
  });

  it("asks about a suspect with one stored value", () => {
    expect(check({ mode: "C", decision: "inconclusive", doubt: "suspect", visible: 0.25 })).toMatchObject([{ severity: "question" }]);
  });

  it("reports a slower rate with the limit below its baseline", () => {
    const rate = {
      metric: "throughput",
      unit: "1/s",
      better: "higher",
      baseline: 1000,
      candidate: 700,
      change: -0.3,
      visible: 0.25,
    } as const;
    expect(check({ ...slower, ...rate })).toMatchObject([{ measured: { actual: 700, limit: 800, unit: "1/s" } }]);
  });

  it("reports each of several regressions", () => {
    expect(check(slower, comparison(), { ...slower, benchmark: "other" })).toHaveLength(2);
  });

  it("names the benchmark, the change and the reason, and gives the figures", () => {
    const [finding] = check(slower);
    expect(plain(finding!.message)).toBe(
      "test_shop.py::test_total (time) regressed: 20 % slower, 3 runs against 30 of history; as the runs say",
    );
    expect(finding).toMatchObject({ measured: { actual: 0.12, limit: expect.closeTo(0.108, 12), unit: "s" } });
  });

  it("says the figures of an interleaved run before anything else, and never a p", () => {
    const figures = { mode: "A", change: 0.12, interval: [0.08, 0.16], noise: 0.02, runs: 5, baselineRuns: 5, p: 0.0001 } as const;
    const said = plain(check({ ...slower, ...figures })[0]!.message);
    expect(said).toContain("regressed: 12 % slower (95 % interval 8–16 %), 5 runs a side, noise floor 2 %; ");
    expect(said).not.toContain("0.0001");
    expect(plain(check({ ...slower, ...figures, baselineRuns: 4 })[0]!.message)).toContain("5 runs against 4, noise");
  });

  it("says both figures where there is no ratio", () => {
    const counts = { mode: "D", metric: "allocations", unit: "1", baseline: 0, candidate: 3, change: null } as const;
    expect(plain(check({ ...slower, ...counts })[0]!.message)).toContain("(allocations) regressed: from 0 to 3; ");
  });

  it.each([
    [{ mode: "A", need: 8 }, "`redline bench --max-rounds 8` goes on"],
    [{ mode: "A", need: null }, "cannot be decided here"],
    [{ mode: "B", need: 2 }, "three runs that are all worse"],
  ] as const)("says of a suspect with %o what would decide it", (parts, help) => {
    expect(plain(check({ decision: "inconclusive", doubt: "suspect", change: 0.1, ...parts })[0]!.help)).toContain(help);
  });

  it("keeps the name of a benchmark marked as foreign", () => {
    expect(check({ ...slower, benchmark: "@team" })[0]!.message).toContainEqual({ foreign: "@team" });
  });

  it.each<Partial<Comparison>>([
    { decision: "no-change" },
    { decision: "improvement", change: -0.4 },
    { decision: "inconclusive", doubt: "noise-floor" },
    { decision: "inconclusive", doubt: "no-evidence", change: 0.2 },
    { decision: "incomparable" },
    { decision: "no-baseline" },
    { decision: "new" },
    { decision: "missing" },
  ])("is silent about $decision $doubt", (parts) => {
    expect(check(parts)).toEqual([]);
  });

  it("is silent without comparisons", () => {
    expect(check()).toEqual([]);
  });
});
