import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Histogram } from "../../src/formats/histogram.js";

const of = (values: readonly number[]) => {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
};
const nearestRank = (values: readonly number[], percentage: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil((values.length * percentage) / 100) - 1];

describe("a histogram of latencies", () => {
  test("gives nearest ranks, mean and maximum in seconds", () => {
    const { p50, p90, p95, p99, mean, max } = of(Array.from({ length: 200 }, (_, index) => index + 1)).statistics(1000);
    expect({ p50, p90, p95, p99, mean, max }).toEqual({ p50: 0.1, p90: 0.18, p95: 0.19, p99: 0.198, mean: 0.1005, max: 0.2 });
  });

  test("has nothing to say of no value", () => {
    expect(of([]).statistics(1000)).toEqual({});
  });

  test("does not mistake 99.9 % of 1,000 for the last value", () => {
    expect(of(Array.from({ length: 1_000 }, (_, index) => index + 1)).statistics(1).p99_9).toBe(999);
  });

  test("leaves out the finest percentiles that its count cannot carry", () => {
    expect(Object.keys(of(Array.from({ length: 150 }, () => 3)).statistics(1))).toEqual([
      "p50",
      "p75",
      "p90",
      "p95",
      "p97_5",
      "p99",
      "mean",
      "max",
    ]);
  });

  test("keeps few distinct values whatever comes", () => {
    const histogram = new Histogram();
    for (let value = 1; value < 2_000_000; value += 7) histogram.add(value);
    expect(histogram.size).toBeLessThan(45_000);
    expect(histogram.statistics(1).max).toBe(1_999_999 - ((1_999_999 - 1) % 7));
  });

  test("property: percentiles below 10,000 steps are those of the sorted values, and merging adds up", () => {
    const lists = fc.array(fc.nat(9_999), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(lists, lists, (some, others) => {
        const merged = of(some);
        merged.merge(of(others));
        const all = [...some, ...others];
        const { p50, p75, p95, mean, max } = merged.statistics(1);
        expect(merged.total).toBe(all.length);
        expect([p50, p75, p95]).toEqual([50, 75, 95].map((percentage) => nearestRank(all, percentage)));
        expect(mean).toBeCloseTo(all.reduce((sum, value) => sum + value, 0) / all.length, 8);
        expect(max).toBe(Math.max(...all));
      }),
    );
  });

  test("property: above, they are within 0.05 %", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10_000, max: 1e9 }), { minLength: 1, maxLength: 50 }), (values) => {
        const { p50 = 0 } = of(values).statistics(1);
        expect(Math.abs(p50 / (nearestRank(values, 50) ?? 0) - 1)).toBeLessThanOrEqual(0.0005);
      }),
    );
  });
});
