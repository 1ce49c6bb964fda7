import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalUpperTail } from "../../src/statistics/normal.js";

describe("the normal distribution", () => {
  it.each([
    [0, 0.5],
    [1, 0.15865525393145707],
    [2.326347874040841, 0.01],
    [3.090232306167813, 0.001],
    [6, 9.86587645037698e-10],
    [20, 2.753624118606233e-89],
  ])("has the tail beyond %f", (z, tail) => {
    expect(Math.abs(normalUpperTail(z) / tail - 1)).toBeLessThan(1e-12);
  });

  it("is symmetric, and falls", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -8, max: 8 }), fc.double({ noNaN: true, min: 0.001, max: 3 }), (z, step) => {
        expect(normalUpperTail(z) + normalUpperTail(-z)).toBeCloseTo(1, 14);
        expect(normalUpperTail(z + step)).toBeLessThanOrEqual(normalUpperTail(z));
      }),
    );
  });
});
