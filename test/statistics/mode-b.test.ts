import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currentHistory, judgeModeB, type ModeBInput } from "../../src/statistics/mode-b.js";

interface Case {
  readonly request: { readonly id: string; readonly better: "lower" | "higher"; readonly history: number[]; readonly head: number[] };
  readonly expect: { readonly decision: string; readonly change: number };
}

const cases: readonly Case[] = readFileSync(new URL("../fixtures/statistics/judge_cases_mode_b.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const steady = [100, 101, 99, 100, 100.5, 99.5, 100, 101, 99, 100, 100.2, 99.8];
const noisy = [100, 130, 80, 115, 90, 140, 75, 100, 125, 85, 110, 95];
const judge = (head: readonly number[], parts: Partial<ModeBInput> = {}) =>
  judgeModeB({ better: "lower", history: steady, head, minEffect: 0.05, blockEffect: 0.1, ...parts });

describe("mode B", () => {
  it.each(cases)("decides the golden case $request.id", ({ request, expect: expected }) => {
    const { decision, change } = judge(request.head, request);
    expect(decision).toBe(expected.decision);
    expect(Math.abs(change / expected.change - 1)).toBeLessThan(1e-6);
  });

  it("calls three runs that are all over a regression", () => {
    expect(judge([120, 121, 119])).toMatchObject({ decision: "regression", reason: "all-runs-over", baseline: 100, candidate: 120 });
  });

  it("never calls a first look a regression, however bad, and asks for two reruns", () => {
    expect(judge([900])).toMatchObject({ decision: "inconclusive", doubt: "suspect", reason: "reruns-needed", need: 2 });
  });

  it("asks for one rerun after two runs that are over", () => {
    expect(judge([120, 120])).toMatchObject({ decision: "inconclusive", doubt: "suspect", need: 1 });
  });

  it("suspects when the median is over but one run is not", () => {
    expect(judge([120, 100, 121])).toMatchObject({ decision: "inconclusive", doubt: "suspect", reason: "some-runs-over" });
  });

  it("is quiet when the reruns take the first look back", () => {
    expect(judge([120, 100, 101])).toMatchObject({ decision: "no-change", reason: "quiet" });
  });

  it("confirms an improvement with three runs and claims none from one", () => {
    expect(judge([80, 81, 79])).toMatchObject({ decision: "improvement", reason: "all-runs-under" });
    expect(judge([80])).toMatchObject({ decision: "inconclusive", reason: "improvement-unconfirmed" });
  });

  it("does not suspect a slowdown where only an improvement is unconfirmed", () => {
    expect(judge([80]).doubt).toBe("noise-floor");
    expect(judge([80, 100, 79]).doubt).toBe("noise-floor");
  });

  it("says no change only where the history would have shown a change that blocks", () => {
    expect(judge([100])).toMatchObject({ decision: "no-change" });
    const blind = judge([100], { history: noisy });
    expect(blind).toMatchObject({ decision: "inconclusive", doubt: "noise-floor", reason: "noise-floor" });
    expect(blind.visible).toBeGreaterThan(0.1);
  });

  it("names the smallest change that this history could show", () => {
    const { visible } = judge([100], { history: noisy });
    const over = 100 * (1 + visible);
    const centre = judge([100], { history: noisy }).baseline;
    expect(judge([centre * (1 + visible) * 1.001], { history: noisy }).doubt).toBe("suspect");
    expect(judge([centre * (1 + visible) * 0.999], { history: noisy }).doubt).toBe("noise-floor");
    expect(over).toBeGreaterThan(110);
  });

  it("copes with a history that never moved", () => {
    const history = Array.from({ length: 10 }, () => 100);
    expect(judge([105, 105, 105], { history })).toMatchObject({ decision: "no-change" });
    expect(judge([106, 106, 106], { history })).toMatchObject({ decision: "regression" });
  });

  it("counts only the last 30 runs of history", () => {
    const history = [...Array.from({ length: 50 }, () => 10), ...Array.from({ length: 30 }, () => 100)];
    expect(judge([100], { history })).toMatchObject({ decision: "no-change", baseline: expect.closeTo(100, 9) });
  });

  it("doubts three slow runs that differ among themselves more than they differ from the history", () => {
    expect(judge([110, 111, 112]).decision).toBe("regression");
    expect(judge([110, 150, 200])).toMatchObject({ decision: "inconclusive", doubt: "suspect", reason: "some-runs-over" });
  });

  it("sees with three runs what it does not ask about after one", () => {
    const value = judge([100], { history: noisy }).baseline * (1 + judge([100, 100, 100], { history: noisy }).visible) * 1.02;
    expect(judge([value], { history: noisy }).doubt).toBe("noise-floor");
    expect(judge([value, value, value], { history: noisy }).decision).toBe("regression");
  });

  it("takes no state for a regression that the benchmark was in for two runs in a row", () => {
    const history = steady.map((value, place) => (place === 4 || place === 5 ? 130 : value));
    expect(judge([130, 131, 130], { history }).decision).not.toBe("regression");
    expect(judge([140, 141, 140], { history }).decision).toBe("regression");
  });

  it("does not say no change where a slowdown could hide in noise towards better", () => {
    const history = steady.map((value, place) => (place % 6 === 1 ? 85 : value));
    expect(judge([100, 100, 100], { history }).decision).toBe("inconclusive");
  });

  it("starts the history anew at the last lasting change of level, once ten runs are at the new one", () => {
    const faster = steady.map((value) => value * 0.7);
    expect(currentHistory([...steady, ...faster])).toEqual(faster);
    expect(currentHistory([...steady, ...faster.slice(0, 9)])).toHaveLength(21);
    expect(currentHistory(steady)).toEqual(steady);
  });

  it("names what may hide where it cannot say no change", () => {
    const history = steady.map((value, place) => (place % 6 === 1 ? 85 : value));
    expect(judge([100, 100, 100], { history }).visible).toBeGreaterThan(0.1);
  });

  it("states the noise from run to run", () => {
    expect(judge([100]).noise).toBeCloseTo(0.0105, 3);
    expect(judge([100], { history: Array.from({ length: 10 }, () => 3) }).noise).toBe(0);
  });

  it("widens its limit for a benchmark with two states, which consecutive runs show and the deviation does not", () => {
    const history = Array.from({ length: 20 }, (_, run) => (run % 5 === 0 ? 150 : 100));
    expect(judge([150, 150, 150], { history }).decision).not.toBe("regression");
  });

  const run = fc.integer({ min: 80, max: 140 });
  const head = fc.array(run, { minLength: 1, maxLength: 5 });
  const history = fc.array(run, { minLength: 10, maxLength: 40 });

  it("decides the same when every value is scaled", () => {
    fc.assert(
      fc.property(history, head, fc.constantFrom(1e-9, 0.37, 60, 1e6), (past, now, scale) => {
        const scaled = judge(
          now.map((value) => value * scale),
          { history: past.map((value) => value * scale) },
        );
        const { decision, doubt, reason, visible } = judge(now, { history: past });
        expect(scaled).toMatchObject({ decision, reason, visible: expect.closeTo(visible, 9), ...(doubt && { doubt }) });
      }),
    );
  });

  it("decides the same when a time is sent as a rate, and turns the sign of the change", () => {
    fc.assert(
      fc.property(history, head, (past, now) => {
        const rate = judge(
          now.map((value) => 1 / value),
          { better: "higher", history: past.map((value) => 1 / value) },
        );
        const { decision, doubt, reason, change } = judge(now, { history: past });
        expect(rate).toMatchObject({ decision, reason, ...(doubt && { doubt }) });
        expect((1 + rate.change) * (1 + change)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("never calls fewer than three runs, or runs of which one is not over, a regression", () => {
    fc.assert(
      fc.property(history, head, (past, now) => {
        const { decision, visible, baseline } = judge(now, { history: past });
        const all = now.every((value) => value > baseline * (1 + visible) * (1 - 1e-9));
        expect(decision === "regression").toBe(now.length >= 3 && all);
      }),
    );
  });
});
