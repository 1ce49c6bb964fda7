import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleOf, welch } from "../../src/statistics/welch.js";
import golden from "../fixtures/statistics/golden.json" with { type: "json" };

const relativeError = (actual: number, expected: number): number => (actual === expected ? 0 : Math.abs(actual / expected - 1));
const values = fc.array(fc.double({ noNaN: true, min: -100, max: 100 }), { minLength: 2, maxLength: 12 });

describe("Welch's test", () => {
  it("has the golden statistic and p values to ten digits", () => {
    for (const { a, b, t, p2, pg } of golden.small) {
      const test = welch(sampleOf(a), sampleOf(b));
      const twoSided = 2 * Math.min(test.pGreater, welch(sampleOf(b), sampleOf(a)).pGreater);
      expect(relativeError(test.t, t)).toBeLessThan(1e-10);
      expect(relativeError(test.pGreater, pg)).toBeLessThan(1e-10);
      expect(relativeError(twoSided, p2)).toBeLessThan(1e-10);
    }
  });

  it("is given the same by summaries as by the values", () => {
    const test = welch({ mean: 10, variance: 4, n: 5 }, { mean: 12, variance: 9, n: 8 });
    expect(test.t).toBeCloseTo(2 / Math.sqrt(0.8 + 9 / 8), 14);
    expect(test.df).toBeCloseTo((0.8 + 9 / 8) ** 2 / (0.8 ** 2 / 4 + (9 / 8) ** 2 / 7), 12);
  });

  it("believes no variance below the floor", () => {
    expect(sampleOf([1, 1, 1], 0.04)).toEqual({ mean: 1, variance: 0.04, n: 3 });
    expect(sampleOf([1, 3], 0.04).variance).toBe(2);
  });

  it("is mirrored when the sides change places", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [left, right] = [sampleOf(a, 1e-3), sampleOf(b, 1e-3)];
        expect(welch(left, right).pGreater + welch(right, left).pGreater).toBeCloseTo(1, 12);
      }),
    );
  });
});
