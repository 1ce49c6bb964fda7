import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studentQuantile, studentUpperTail } from "../../src/statistics/student.js";
import golden from "../fixtures/statistics/golden.json" with { type: "json" };

const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe("Student's t", () => {
  it.each(golden.ts)("has the golden upper tail beyond t = %f with %f degrees of freedom", (t, df, tail) => {
    expect(relativeError(studentUpperTail(t!, df!), tail!)).toBeLessThan(1e-10);
  });

  it.each(golden.tq)("has the golden quantile at p = %f with %f degrees of freedom", (p, df, t) => {
    expect(relativeError(studentQuantile(p!, df!), t!)).toBeLessThan(1e-9);
  });

  it("has its tail beyond a quantile", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 0.5, max: 0.9999 }), fc.double({ noNaN: true, min: 1, max: 400 }), (p, df) => {
        expect(relativeError(studentUpperTail(studentQuantile(p, df), df), 1 - p)).toBeLessThan(1e-9);
      }),
    );
  });

  it("is symmetric around 0", () => {
    expect(studentQuantile(0.5, 7)).toBe(0);
    expect(studentUpperTail(-2, 7) + studentUpperTail(2, 7)).toBeCloseTo(1, 14);
  });
});
