import { describe, expect, it } from "vitest";
import { suiteShift } from "../../src/statistics/suite-shift.js";

const logs = (...ratios: number[]) => ratios.map((ratio) => Math.log(ratio));

describe("a shift of the whole suite", () => {
  it("is announced when nearly all benchmarks moved the same way by more than 5 % on average", () => {
    expect(suiteShift(logs(1.1, 1.08, 1.12, 1.2, 0.99))).toMatchObject({ count: 5, announced: true });
    expect(suiteShift(logs(0.9, 0.92, 0.91))).toMatchObject({ announced: true, change: expect.closeTo(-0.09, 3) });
  });

  it("is not announced for one large change among quiet benchmarks, nor for a small one of all", () => {
    expect(suiteShift(logs(3, 0.99, 0.995, 1, 0.99))).toMatchObject({ announced: false });
    expect(suiteShift(logs(1.04, 1.03, 1.05))).toMatchObject({ announced: false, change: expect.closeTo(0.04, 3) });
  });

  it("is the geometric mean, which a halving and a doubling cancel", () => {
    expect(suiteShift(logs(0.5, 2, 1))?.change).toBeCloseTo(0, 12);
  });

  it("is unknown for fewer than three benchmarks, and does not count infinite changes", () => {
    expect(suiteShift(logs(1.5, 1.5))).toBeNull();
    expect(suiteShift([...logs(1.5, 1.5), Number.POSITIVE_INFINITY])).toBeNull();
  });
});
