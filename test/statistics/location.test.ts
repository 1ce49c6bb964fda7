import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { processLocation } from "../../src/statistics/location.js";

const rounds = fc.array(fc.double({ noNaN: true, min: 1e-9, max: 1e9 }), { minLength: 1, maxLength: 30 });

describe("the location of a process", () => {
  it("is its best round", () => {
    expect(processLocation([3, 2, 5], "lower", "min")).toBe(Math.log(2));
    expect(processLocation([3, 2, 5], "higher", "min")).toBe(-Math.log(5));
  });

  it("is the quarter of its times where asked for", () => {
    expect(processLocation([4, 1, 3, 2], "lower", "p25")).toBeCloseTo(Math.log(1.75), 14);
    expect(processLocation([7], "lower", "p25")).toBe(Math.log(7));
  });

  it("is the same of times and of their rates", () => {
    fc.assert(
      fc.property(rounds, fc.constantFrom("min" as const, "p25" as const), (times, location) => {
        const rates = times.map((time) => 1 / time);
        expect(processLocation(rates, "higher", location)).toBeCloseTo(processLocation(times, "lower", location), 9);
      }),
    );
  });

  it("stays finite at the ends of what a number can be", () => {
    for (const location of ["min", "p25"] as const) {
      expect(processLocation([5e-324, 1.7e308], "higher", location)).toBeLessThan(Number.POSITIVE_INFINITY);
      expect(processLocation([5e-324, 1.7e308], "lower", location)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    }
  });
});
