import { describe, expect, it } from "vitest";
import { logGamma } from "../../src/statistics/gamma.js";

describe("logGamma", () => {
  it("gives the logarithm of (n-1)! for whole numbers", () => {
    let factorial = 1;
    for (let n = 2; n < 20; n++) {
      factorial *= n - 1;
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
    }
  });

  it("gives the logarithm of the square root of pi at one half", () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
  });

  it("follows the recurrence far out", () => {
    for (const x of [1.7, 33.3, 150, 2000]) expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 10);
  });
});
