import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mannWhitneyApproximate, mannWhitneyExact } from "../../src/statistics/mann-whitney.js";
import golden from "../fixtures/statistics/golden.json" with { type: "json" };

const exact = golden.small.flatMap(({ a, b, mw }) => (mw === undefined ? [] : [{ a, b, mw }]));
const side = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 });

describe("the Mann-Whitney test", () => {
  it("has the golden exact p, with and without ties", () => {
    expect(exact.length).toBeGreaterThan(200);
    for (const { a, b, mw } of exact) expect(Math.abs(mannWhitneyExact(a, b) / mw - 1)).toBeLessThan(1e-12);
  });

  it("has the golden p of the normal approximation", () => {
    expect(golden.big.length).toBeGreaterThan(0);
    for (const { a, b, mw } of golden.big) expect(Math.abs(mannWhitneyApproximate(a, b) / mw - 1)).toBeLessThan(1e-9);
  });

  it("cannot go below 1/20 with three values a side", () => {
    expect(mannWhitneyExact([1, 2, 3], [4, 5, 6])).toBe(1 / 20);
    expect(mannWhitneyExact([4, 5, 6], [1, 2, 3])).toBe(1);
  });

  it("has nothing to say of values that are all the same", () => {
    expect(mannWhitneyExact([1, 1, 1], [1, 1])).toBe(1);
    expect(mannWhitneyApproximate([1, 1, 1], [1, 1])).toBe(1);
  });

  it("depends on the order of the values and not on their size", () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const p = mannWhitneyExact(base, head);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(
          mannWhitneyExact(
            base.map((value) => value ** 3),
            head.map((value) => value ** 3),
          ),
        ).toBe(p);
      }),
    );
  });
});
