import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regularisedBeta } from "../../src/statistics/beta.js";

const beta = (a: number, b: number, x: number): number => regularisedBeta(a, b, x, 1 - x);

describe("regularisedBeta", () => {
  it("is x for the uniform distribution", () => {
    for (const x of [0, 0.1, 0.5, 0.93, 1]) expect(beta(1, 1, x)).toBeCloseTo(x, 14);
  });

  it("has its closed forms for a parameter of 1", () => {
    expect(beta(3, 1, 0.4)).toBeCloseTo(0.4 ** 3, 14);
    expect(beta(1, 3, 0.4)).toBeCloseTo(1 - 0.6 ** 3, 14);
  });

  it("is the arcsine distribution for two halves", () => {
    expect(beta(0.5, 0.5, 0.3)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.3)), 14);
  });

  it("is mirrored when the parameters change places", () => {
    const parameter = fc.double({ noNaN: true, min: 0.5, max: 200 });
    fc.assert(
      fc.property(parameter, parameter, fc.double({ noNaN: true, min: 0.001, max: 0.999 }), (a, b, x) => {
        expect(beta(a, b, x) + beta(b, a, 1 - x)).toBeCloseTo(1, 10);
      }),
    );
  });
});
