import { describe, expect, it } from "vitest";
import type { Comparison } from "../../src/model/judgement.js";
import { plain, text } from "../../src/model/text.js";
import { bestFirst, tableOf, worstFirst } from "../../src/report/comparison-rows.js";

const comparison = (parts: Partial<Comparison> = {}): Comparison => ({
  benchmark: "sort",
  metric: "time",
  unit: "s",
  better: "lower",
  mode: "A",
  decision: "regression",
  baseline: 1,
  candidate: 1.2,
  change: 0.2,
  interval: [0.16, 0.24],
  noise: 0.011,
  visible: 0.05,
  p: 0.001,
  need: null,
  runs: 5,
  baselineRuns: 5,
  history: 0,
  trend: [],
  alias: null,
  blocks: true,
  reason: text`because`,
  ...parts,
});
const cells = (parts: Partial<Comparison> = {}) => tableOf([comparison({ trend: [1, 1, 1, 1], ...parts })]).rows[0]!.map(plain);

describe("a row of the comparison table", () => {
  it("has a cell for every column: the decision, what changed, how sure, what could be seen, how often measured, the trend", () => {
    expect(tableOf([comparison({ trend: [1, 1] })]).header.map(plain)).toHaveLength(cells().length);
    expect(cells({ trend: [1, 1, 1, 1] })).toEqual([
      "sort",
      "❌ regression",
      "+20 % (+16 to +24 %)",
      "1 s → 1.2 s",
      "+5 % (1.1 %)",
      "5 a side",
      "▁▁▁▁█",
    ]);
  });

  it("has no column of trends where nobody has one", () => {
    const { header, rows } = tableOf([comparison(), comparison()]);
    expect(header.map(plain)).not.toContain("Trend");
    expect(rows.map((cells) => cells.length)).toEqual([6, 6]);
    expect(tableOf([comparison(), comparison({ trend: [1, 1] })]).header.map(plain)).toContain("Trend");
  });

  it("names the metric unless it is the time", () => {
    expect(cells({ metric: "allocations" })[0]).toBe("sort allocations");
  });

  it("shows what a rate would have dropped to, where a higher one is better", () => {
    expect(cells({ better: "higher", unit: "1/s", visible: 0.25, noise: null })[4]).toBe("-20 %");
  });

  it("says that an exact count sees any change, and of no figure that it is unknown", () => {
    expect(cells({ visible: 0, noise: null })[4]).toBe("any");
    expect(cells({ visible: null, noise: null })[4]).toBe("unknown");
  });

  it("has no ratio for what was 0", () => {
    expect(cells({ baseline: 0, change: null, interval: null })[2]).toBe("from 0");
    expect(cells({ candidate: null, change: null, interval: null })[2]).toBe("none");
  });

  it("tells processes, runs with history and stored runs apart", () => {
    expect(cells({ baselineRuns: 4 })[5]).toBe("5 against 4");
    expect(cells({ mode: "B", runs: 3, history: 13 })[5]).toBe("3, history 13");
    expect(cells({ mode: "C", runs: 3, baselineRuns: 1 })[5]).toBe("3 against 1");
  });

  it.each([
    [{ blocks: false }, "⚠️ regression, does not block"],
    [{ decision: "improvement", blocks: false }, "improvement"],
    [{ decision: "no-change", blocks: false }, "✅ no change"],
    [{ decision: "inconclusive", doubt: "suspect", need: 8 }, "⚠️ inconclusive, suspect, 8 a side would tell"],
    [{ mode: "B", decision: "inconclusive", doubt: "suspect", need: 1 }, "⚠️ inconclusive, suspect, 1 more run would tell"],
    [{ decision: "inconclusive", doubt: "suspect" }, "⚠️ inconclusive, suspect"],
    [{ mode: "C", decision: "inconclusive", doubt: "suspect" }, "⚠️ inconclusive, suspect: too little to compare with"],
    [{ mode: "C", decision: "inconclusive", doubt: "no-evidence" }, "inconclusive: too little to compare with"],
    [{ decision: "inconclusive", doubt: "noise-floor", need: 6 }, "inconclusive, 6 a side would tell"],
    [{ decision: "inconclusive", doubt: "noise-floor", p: 0.2 }, "inconclusive: too noisy"],
    [{ decision: "inconclusive", doubt: "noise-floor", p: 0.999 }, "inconclusive: because"],
    [{ mode: "B", decision: "inconclusive", doubt: "noise-floor" }, "inconclusive: because"],
  ] as const)("decides %o as %s", (parts, shown) => {
    expect(cells(parts)[1]).toBe(shown);
  });
});

describe("the order", () => {
  const order = (...parts: readonly Partial<Comparison>[]) =>
    parts
      .map(comparison)
      .sort(worstFirst)
      .map(({ benchmark }) => benchmark);

  it("is what blocks, then what regressed, then suspects; the worse first, on the log scale", () => {
    expect(
      order(
        { benchmark: "suspect", decision: "inconclusive", blocks: false, change: 9 },
        { benchmark: "mild", blocks: false, change: 0.06 },
        { benchmark: "time", change: 0.9 },
        { benchmark: "rate", better: "higher", change: -0.5 },
        { benchmark: "count", baseline: 0, change: null },
      ),
    ).toEqual(["count", "rate", "time", "mild", "suspect"]);
  });

  it("of improvements is the best first", () => {
    const all = [{ change: -0.1 }, { better: "higher", change: 0.5 } as const].map(comparison);
    expect([...all].sort(bestFirst)[0]).toMatchObject({ change: 0.5 });
  });
});
