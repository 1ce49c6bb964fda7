import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RequestTally } from "../../src/formats/request-tally.js";

const tallyOf = (latencies: readonly number[]): RequestTally => {
  const tally = new RequestTally();
  for (const latency of latencies) tally.add(latency, false);
  return tally;
};

const nearest = (sorted: readonly number[], rank: number): number => sorted[Math.ceil(rank * sorted.length) - 1] ?? Number.NaN;

describe("a tally of requests", () => {
  test("property: percentiles are within 0.5 % of the nearest rank, mean and maximum exact", () => {
    const latency = fc.double({ min: 1e-7, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 300 }), (latencies) => {
        const sorted = latencies.toSorted((a, b) => a - b);
        const found = tallyOf(latencies).seconds();
        for (const [name, rank] of [
          ["p50", 0.5],
          ["p90", 0.9],
          ["p95", 0.95],
          ["p99", 0.99],
        ] as const) {
          const exact = nearest(sorted, rank);
          expect(Math.abs((found[name] ?? Number.NaN) - exact)).toBeLessThanOrEqual(0.005 * exact);
        }
        expect(found.max).toBe(sorted.at(-1));
        expect(found.mean).toBeCloseTo(sorted.reduce((sum, value) => sum + value, 0) / sorted.length, 6);
      }),
    );
  });

  test("property: the order of the requests does not matter", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 2 }), (latencies) => {
        expect(tallyOf(latencies.toReversed()).seconds()).toEqual(tallyOf(latencies).seconds());
      }),
    );
  });

  test("failures are counted, and their latencies are not", () => {
    const tally = tallyOf([1, 1, 1]);
    tally.add(1_000, true);
    expect([tally.requests, tally.failed, tally.successes, tally.seconds().max]).toEqual([4, 1, 3, 1]);
  });

  test("a thousandth is asked of a thousand requests and more", () => {
    expect(tallyOf(Array(999).fill(1))).not.toHaveProperty("p99_9");
    expect(tallyOf(Array(1_000).fill(1)).seconds().p99_9).toBeCloseTo(1, 9);
  });

  test("without a success there is no latency, and one of zero stays zero", () => {
    expect(new RequestTally().seconds()).toEqual({});
    expect(tallyOf([0, 0]).seconds()).toMatchObject({ p50: 0, max: 0, mean: 0 });
  });
});
