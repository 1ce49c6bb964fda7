import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BudgetInput, judgeBudget } from "../../src/statistics/budget.js";

const latency = (values: readonly number[], parts: Partial<BudgetInput> = {}) =>
  judgeBudget({ kind: "at-most", limit: 0.1, values, strict: false, ...parts });
const throughput = (values: readonly number[]) => judgeBudget({ kind: "at-least", limit: 900, values, strict: false });

describe("a budget", () => {
  it("passes when the median is within the limit, and says what is left", () => {
    expect(latency([0.075])).toEqual({ decision: "pass", reason: "within", actual: 0.075, headroom: expect.closeTo(0.25, 12) });
    expect(throughput([1080])).toMatchObject({ decision: "pass", headroom: expect.closeTo(0.2, 12) });
    expect(latency([0.3, 0.09, 0.08])).toMatchObject({ decision: "pass", actual: 0.09 });
  });

  it("passes on the limit itself, however the limit was written", () => {
    expect(latency([0.205], { limit: 205 * 0.001 }).decision).toBe("pass");
    expect(latency([205 * 0.001], { limit: 0.205 }).decision).toBe("pass");
    expect(throughput([900]).decision).toBe("pass");
  });

  it("fails when all of three runs are over", () => {
    expect(latency([0.11, 0.12, 0.101])).toMatchObject({ decision: "fail", reason: "all-runs-over", headroom: expect.closeTo(-0.1, 12) });
    expect(throughput([880, 870, 890])).toMatchObject({ decision: "fail", actual: 880 });
  });

  it("is at risk after one or two runs over, and asks for more", () => {
    expect(latency([0.11])).toMatchObject({ decision: "at-risk", reason: "reruns-needed" });
    expect(latency([0.11, 0.12])).toMatchObject({ decision: "at-risk", reason: "reruns-needed" });
    expect(throughput([880])).toMatchObject({ decision: "at-risk" });
  });

  it("is at risk when the median is over but not every run", () => {
    expect(latency([0.11, 0.09, 0.12])).toMatchObject({ decision: "at-risk", reason: "some-runs-over" });
  });

  it("fails on the first run that is over by more than half", () => {
    expect(latency([0.151])).toMatchObject({ decision: "fail", reason: "far-over" });
    expect(latency([0.15]).decision).toBe("at-risk");
    expect(throughput([599])).toMatchObject({ decision: "fail", reason: "far-over" });
    expect(throughput([600]).decision).toBe("at-risk");
  });

  it("fails on the first run over the limit when it is strict", () => {
    expect(latency([0.101], { strict: true })).toMatchObject({ decision: "fail", reason: "strict" });
    expect(latency([0.1], { strict: true }).decision).toBe("pass");
  });

  it("fails at any error when none is allowed", () => {
    expect(latency([0.0001], { limit: 0 })).toMatchObject({ decision: "fail", headroom: null });
    expect(latency([0], { limit: 0 })).toMatchObject({ decision: "pass", headroom: 0 });
  });

  it("never passes a median over the limit, and never fails one within it", () => {
    const values = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(values, fc.boolean(), (runs, strict) => {
        const { decision, actual } = latency(runs, { limit: 100, strict });
        expect(decision === "pass").toBe(actual <= 100);
      }),
    );
  });
});
