import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/statistics/judge.js";
import { nextProcesses } from "../../src/statistics/plan.js";

const judged = (decision: Judgement["decision"]): Judgement => ({
  decision,
  reason: "equal",
  baseline: 1,
  candidate: 1,
  change: 0,
  effect: 0,
  visible: 0.02,
});
const [open, done] = [judged("inconclusive"), judged("regression")];

describe("the run plan", () => {
  it("goes from 3 processes a side to 5, 8 and 12 while something is undecided", () => {
    expect([0, 3, 5, 8, 12].map((processes) => nextProcesses(processes === 0 ? [] : [open, done], processes, 12))).toEqual([
      3,
      5,
      8,
      12,
      null,
    ]);
  });

  it("stops when every benchmark is decided", () => {
    expect(nextProcesses([done, judged("no-change")], 3, 8)).toBeNull();
  });

  it("keeps to the number that the user grants", () => {
    expect(nextProcesses([open], 3, 4)).toBe(4);
    expect(nextProcesses([open], 8, 8)).toBeNull();
    expect(nextProcesses([open], 12, 20)).toBe(20);
  });
});
