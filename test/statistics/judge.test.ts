import { describe, expect, it } from "vitest";
import { isOver, worseLogs } from "../../src/statistics/judge.js";

describe("the scale of judges", () => {
  it("makes 5 % worse the same distance for a time and for a rate", () => {
    const [before = 0, after = 0] = worseLogs([100, 105], "lower");
    const [fast = 0, slow = 0] = worseLogs([105, 100], "higher");
    expect(after - before).toBeCloseTo(Math.log(1.05), 14);
    expect(slow - fast).toBeCloseTo(Math.log(1.05), 14);
  });

  it("does not call a tie over, however its last bits fell", () => {
    expect(isOver(Math.log(105) - Math.log(100), Math.log1p(0.05))).toBe(false);
    expect(isOver(Math.log(1050) - Math.log(1000), Math.log1p(0.05))).toBe(false);
    expect(isOver(Math.log(105.001) - Math.log(100), Math.log1p(0.05))).toBe(true);
  });
});
