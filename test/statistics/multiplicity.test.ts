import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/statistics/judge.js";
import { blocking } from "../../src/statistics/multiplicity.js";

const judged = (change: number, p?: number, decision: Judgement["decision"] = "regression"): Judgement => ({
  decision,
  reason: "beyond-noise",
  baseline: 1,
  candidate: 1 + change,
  change,
  effect: Math.log1p(change),
  visible: 0.02,
  ...(p !== undefined && { p }),
});
const quiet = Array.from({ length: 49 }, (_, index) => judged(0, 0.02 * (index + 1), "no-change"));

describe("the blocking rule", () => {
  it("blocks a regression of at least the blocking effect", () => {
    expect(blocking([judged(0.1, 1e-4), judged(0.09, 1e-4)], 0.1)).toEqual([true, false]);
  });

  it("asks more of a regression that is one of many benchmarks", () => {
    expect(blocking([judged(0.3, 0.009)], 0.1)).toEqual([true]);
    expect(blocking([judged(0.3, 0.009), ...quiet], 0.1)[0]).toBe(false);
    expect(blocking([judged(0.3, 0.0009), ...quiet], 0.1)[0]).toBe(true);
  });

  it("blocks by nothing but a regression", () => {
    expect(blocking([judged(0.5, 1e-9, "inconclusive"), judged(-0.5, 1, "improvement")], 0.1)).toEqual([false, false]);
  });

  it("takes what no test decided by its effect, and does not count it among the tests", () => {
    expect(blocking([judged(0.3), judged(0.05), judged(0.3, 0.04)], 0.1)).toEqual([true, false, true]);
  });
});
