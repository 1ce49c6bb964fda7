import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { geometricMedian, mean, median, medianAbsoluteDeviation, quantile, standardDeviation } from "../../src/statistics/quantiles.js";

const numbers = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 40 });

describe("quantiles", () => {
  it("interpolates linearly at position (n-1)q", () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([10, 20], 0.9)).toBe(19);
    expect(quantile([7], 0.3)).toBe(7);
  });

  it("takes the middle, or the mean of the two middle values", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("takes the middle of the logs without their rounding", () => {
    expect(geometricMedian([7, 100, 400])).toBe(100);
    expect(geometricMedian([1e-9])).toBe(1e-9);
    expect(geometricMedian([4, 9])).toBe(6);
  });

  it("does not change the values it is given", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it("measures the spread around the median without being moved by one outlier", () => {
    expect(medianAbsoluteDeviation([1, 2, 3, 4, 5])).toBe(1);
    expect(medianAbsoluteDeviation([1, 2, 3, 4, 5000])).toBe(1);
  });

  it("gives mean and sample standard deviation", () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 14);
  });

  it("gives the smallest value at 0, the largest at 1, and never falls in between", () => {
    fc.assert(
      fc.property(numbers, fc.double({ noNaN: true, min: 0, max: 1 }), fc.double({ noNaN: true, min: 0, max: 1 }), (values, p, q) => {
        const [low, high] = [Math.min(p, q), Math.max(p, q)];
        expect(quantile(values, 0)).toBe(Math.min(...values));
        expect(quantile(values, 1)).toBe(Math.max(...values));
        expect(quantile(values, low)).toBeLessThanOrEqual(quantile(values, high) + 1e-6);
      }),
    );
  });

  it("does not depend on the order of the values", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        expect(median([...values].reverse())).toBe(median(values));
      }),
    );
  });
});
