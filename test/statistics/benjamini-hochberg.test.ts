import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "../../src/statistics/benjamini-hochberg.js";
import golden from "../fixtures/statistics/golden.json" with { type: "json" };

const ps = fc.array(fc.double({ noNaN: true, min: 0, max: 1 }), { maxLength: 60 });

describe("Benjamini-Hochberg", () => {
  it("has the golden adjusted values", () => {
    for (const [index, adjusted] of benjaminiHochberg(golden.ps).entries()) {
      expect(Math.abs(adjusted / (golden.bh[index] ?? 0) - 1)).toBeLessThan(1e-12);
    }
  });

  it("leaves a single p as it is, and has nothing to say of none", () => {
    expect(benjaminiHochberg([0.03])).toEqual([0.03]);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  it("never makes a p smaller, keeps their order and stays a probability", () => {
    fc.assert(
      fc.property(ps, (raw) => {
        const adjusted = benjaminiHochberg(raw);
        for (const [index, p] of raw.entries()) {
          expect(adjusted[index]).toBeGreaterThanOrEqual(p * (1 - 1e-15));
          expect(adjusted[index]).toBeLessThanOrEqual(1);
          for (const [other, q] of raw.entries()) if (p <= q) expect(adjusted[index]).toBeLessThanOrEqual(adjusted[other] ?? 0);
        }
      }),
    );
  });
});
