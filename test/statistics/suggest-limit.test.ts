import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInsideNoise, judgeBudget } from "../../src/statistics/budget.js";
import { suggestErrorRate, suggestLimit } from "../../src/statistics/suggest-limit.js";

const values = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("a suggested limit", () => {
  it("leaves a fifth where the runs agree, and is rounded outwards", () => {
    expect(suggestLimit([0.1, 0.1, 0.1], "at-most")).toMatchObject({ limit: 0.12, noise: 0 });
    expect(suggestLimit([0.101], "at-most").limit).toBe(0.13);
    expect(suggestLimit([1000, 1000], "at-least").limit).toBe(830);
  });

  it("leaves three standard deviations where they do not", () => {
    const { limit, noise } = suggestLimit([0.08, 0.1, 0.12, 0.09, 0.11], "at-most");
    expect(noise).toBeGreaterThan(0.1);
    expect(limit).toBeGreaterThan(0.15);
  });

  it("is kept by the median of the runs it comes from, and lies outside their noise", () => {
    fc.assert(
      fc.property(values, fc.constantFrom("at-most", "at-least"), (runs, kind) => {
        const { limit } = suggestLimit(runs, kind);
        expect(judgeBudget({ kind, limit, values: runs, strict: false }).decision).toBe("pass");
        expect(isInsideNoise(limit, runs)).toBe(false);
      }),
    );
  });

  it("allows one error in a hundred, or twice the worst run", () => {
    expect(suggestErrorRate([0, 0])).toBe(0.01);
    expect(suggestErrorRate([0, 0.02])).toBe(0.04);
    expect(suggestErrorRate([0.9])).toBe(1);
  });
});
