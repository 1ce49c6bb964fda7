import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeModeA, type ModeAInput } from "../../src/statistics/mode-a.js";

interface Case {
  readonly request: { readonly id: string; readonly mode: string } & Pick<ModeAInput, "better" | "base" | "head">;
  readonly expect: { readonly decision: string; readonly change: number; readonly p?: number };
}

const cases: readonly Case[] = readFileSync(new URL("../fixtures/statistics/judge_cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): Case => JSON.parse(line))
  .filter(({ request }) => request.mode === "A");

const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1);
const each = (values: readonly number[]) => values.map((value) => [value]);
const judge = (base: readonly number[], head: readonly number[], parts: Partial<ModeAInput> = {}) =>
  judgeModeA({
    better: "lower",
    base: each(base),
    head: each(head),
    minEffect: 0.05,
    blockEffect: 0.1,
    alpha: 0.01,
    statistic: "min",
    ...parts,
  });
const scaled = (values: readonly number[], factor: number) => values.map((value) => value * factor);
const steady = [100, 101, 99.5, 100.4, 99.8];
const value = fc.integer({ min: 80, max: 140 });
const side = fc.array(value, { minLength: 1, maxLength: 9 });

describe("mode A", () => {
  it.each(cases)("decides the golden case $request.id", ({ request, expect: expected }) => {
    const { decision, change, p } = judge([], [], request);
    expect(decision).toBe(expected.decision);
    expect(relativeError(change, expected.change)).toBeLessThan(1e-6);
    if (expected.p !== undefined) expect(relativeError(p ?? Number.NaN, expected.p)).toBeLessThan(1e-6);
  });

  it("calls a slowdown beyond the noise a regression, and its mirror image an improvement", () => {
    expect(judge(steady, scaled(steady, 1.2))).toMatchObject({
      decision: "regression",
      reason: "beyond-noise",
      change: expect.closeTo(0.2, 9),
    });
    expect(judge(scaled(steady, 1.2), steady)).toMatchObject({ decision: "improvement", change: expect.closeTo(1 / 1.2 - 1, 9) });
  });

  it("says no change only where it can tell", () => {
    expect(judge(steady, scaled(steady, 1.01))).toMatchObject({ decision: "no-change", reason: "equal" });
    expect(judge([100, 130, 95], [104, 99, 128])).toMatchObject({ decision: "inconclusive", doubt: "noise-floor" });
  });

  it("decides nothing with fewer than three processes a side, however large the change", () => {
    expect(judge([100, 100], [900, 900])).toMatchObject({ decision: "inconclusive", reason: "too-few-processes", need: 3 });
    expect(judge([100], [900, 900, 900]).p).toBeUndefined();
  });

  it("copes with processes that do not differ at all", () => {
    expect(judge([100, 100, 100], [100, 100, 100])).toMatchObject({ decision: "no-change", change: 0, p: 0.5 });
    expect(judge([100, 100, 100], [106, 106, 106]).decision).toBe("regression");
  });

  it("asks for a number of processes that would decide, or says what it can see", () => {
    const close = judge([100, 104, 98], [106, 101, 108]);
    expect(close).toMatchObject({ decision: "inconclusive", doubt: "suspect", reason: "more-processes" });
    expect(close.need).toBeGreaterThan(3);
    expect(close.need).toBeLessThanOrEqual(12);
    const wild = judge([100, 200, 60], [130, 70, 220]);
    expect(wild).toMatchObject({ reason: "too-noisy" });
    expect(wild.need).toBeUndefined();
    expect(wild.visible).toBeGreaterThan(0.5);
  });

  it("gives the interval of the change as the value moves", () => {
    const { interval = [0, 0], change } = judge(scaled(steady, 1.2), steady, { better: "higher" });
    expect(change).toBeCloseTo(1 / 1.2 - 1, 9);
    expect(interval[0]).toBeLessThan(change);
    expect(interval[1]).toBeGreaterThan(change);
    expect(interval[1]).toBeLessThan(0);
  });

  it("draws the interval so that it holds the change that is shown, and a regression's leaves no room for none", () => {
    const skewed = judge([100, 100, 100, 100, 112], [106, 106, 120, 120, 120]);
    expect(skewed.interval?.[1]).toBeGreaterThanOrEqual(skewed.change);
    fc.assert(
      fc.property(side, side, fc.constantFrom("lower", "higher"), (base, head, better) => {
        const { interval = [-1, Number.POSITIVE_INFINITY], change, decision } = judge(base, head, { better });
        expect(interval[0]).toBeLessThanOrEqual(change);
        expect(interval[1]).toBeGreaterThanOrEqual(change);
        if (decision === "regression") expect(better === "lower" ? interval[0] : -interval[1]).toBeGreaterThan(0);
      }),
    );
  });

  it("says what is visible, the noise and the interval by one and the same test", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 5, maxLength: 5 }), fc.array(value, { minLength: 5, maxLength: 5 }), (base, head) => {
        const { visible, noise = 0, disturbed = 0, reason, need } = judge(base, head);
        const share = 3.17 * Math.log1p(noise);
        if (disturbed === 0) expect(Math.log1p(visible)).toBeCloseTo(share * Math.sqrt(2 / 5), 9);
        else expect(visible).toBeGreaterThan(Math.expm1(share * Math.sqrt(2 / 5)));
        if (need !== undefined) expect(share * Math.sqrt(2 / need)).toBeLessThanOrEqual(Math.log1p(0.05) + 1e-9);
        if (reason === "too-noisy") expect(share * Math.sqrt(2 / 12)).toBeGreaterThan(Math.log1p(0.05));
      }),
    );
  });

  it("gives the noise of all processes where none was set aside in the end", () => {
    const { reason, noise, disturbed } = judge([100, 101, 150, 99, 100], [103, 150, 142, 146, 144]);
    expect({ reason, disturbed }).toEqual({ reason: "too-noisy", disturbed: undefined });
    expect(noise).toBeGreaterThan(0.15);
  });

  it("sees through one disturbed process of five, and says that it set it aside", () => {
    const disturbed = [100, 101, 99.5, 160, 99.8];
    expect(judge(disturbed, scaled(steady, 1.12))).toMatchObject({ decision: "regression", disturbed: 1 });
    expect(judge(steady, disturbed)).toMatchObject({ decision: "no-change", disturbed: 1 });
    expect(judge(steady, steady).disturbed).toBeUndefined();
  });

  it("does not take a second state of a benchmark for a slowdown", () => {
    expect(judge([100, 101, 150, 99, 100], [103, 150, 142, 146, 144]).decision).toBe("inconclusive");
  });

  it("does not believe a best round that the typical rounds do not follow", () => {
    const lucky = [1, 2, 3].map((n) => [80 + n / 10, 100, 100, 100, 101, 102]);
    const unlucky = [1, 2, 3].map((n) => [97 + n / 10, 100, 100, 100, 101, 102]);
    expect(judge([], [], { base: lucky, head: unlucky })).toMatchObject({
      decision: "inconclusive",
      reason: "rounds-disagree",
      doubt: "suspect",
    });
    expect(judge([], [], { base: unlucky, head: lucky })).toMatchObject({ decision: "inconclusive", reason: "rounds-disagree" });
    expect(judge([], [], { base: lucky, head: unlucky }).need).toBeUndefined();
  });

  it("decides the same when every value is scaled", () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(1e-9, 0.37, 60, 1e6), (base, head, factor) => {
        const { decision, reason, p = 0 } = judge(base, head);
        const other = judge(scaled(base, factor), scaled(head, factor));
        expect(other).toMatchObject({ decision, reason });
        expect(other.p ?? 0).toBeCloseTo(p, 9);
      }),
    );
  });

  it("decides the same when a time is sent as a rate, and turns the sign of the change", () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const { decision, reason, change } = judge(base, head);
        const inverse = (values: readonly number[]) => values.map((each_) => 1 / each_);
        const rate = judge(inverse(base), inverse(head), { better: "higher" });
        expect(rate).toMatchObject({ decision, reason });
        expect((1 + rate.change) * (1 + change)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("is mirrored when the sides change places", () => {
    const opposite = { regression: "improvement", improvement: "regression", "no-change": "no-change", inconclusive: "inconclusive" };
    fc.assert(
      fc.property(side, side, (base, head) => {
        expect(judge(head, base).decision).toBe(opposite[judge(base, head).decision]);
      }),
    );
  });

  it("never takes a regression back when the head gets slower still", () => {
    fc.assert(
      fc.property(side, side, fc.double({ noNaN: true, min: 1, max: 3 }), (base, head, factor) => {
        if (judge(base, head).decision === "regression") expect(judge(base, scaled(head, factor)).decision).toBe("regression");
      }),
    );
  });
});
