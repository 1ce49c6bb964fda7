import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeModeC } from "../../src/statistics/mode-c.js";

describe("mode C", () => {
  it("has no evidence either way for a change of up to 25 %", () => {
    for (const candidate of [60, 100, 110, 125]) {
      expect(judgeModeC({ better: "lower", baseline: [100], head: [candidate] })).toMatchObject({
        decision: "inconclusive",
        doubt: "no-evidence",
      });
    }
  });

  it("suspects a value that is more than 25 % worse", () => {
    expect(judgeModeC({ better: "lower", baseline: [100], head: [126] })).toMatchObject({
      doubt: "suspect",
      change: expect.closeTo(0.26, 12),
    });
    expect(judgeModeC({ better: "higher", baseline: [126], head: [100] })).toMatchObject({ doubt: "suspect", reason: "screened" });
  });

  it("does not suspect when the median of the rounds disagrees with the minimum", () => {
    const sides = { better: "lower", baseline: [100], head: [200] } as const;
    expect(judgeModeC({ ...sides, typical: { baseline: [150], head: [160] } }).doubt).toBe("no-evidence");
    expect(judgeModeC({ ...sides, typical: { baseline: [150], head: [290] } }).doubt).toBe("suspect");
  });

  it("takes the median of several runs", () => {
    expect(judgeModeC({ better: "lower", baseline: [100, 90, 400], head: [110, 500, 105] })).toMatchObject({
      baseline: expect.closeTo(100, 9),
      candidate: expect.closeTo(110, 9),
      doubt: "no-evidence",
    });
  });

  it("never decides anything, whatever it is given", () => {
    const values = fc.array(fc.double({ noNaN: true, min: 1e-9, max: 1e9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(values, values, fc.constantFrom("lower" as const, "higher" as const), (baseline, head, better) => {
        expect(judgeModeC({ better, baseline, head }).decision).toBe("inconclusive");
      }),
    );
  });

  it("says the same of a time and of its rate", () => {
    const values = fc.array(fc.integer({ min: 50, max: 150 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(values, values, (baseline, head) => {
        const inverse = (side: readonly number[]) => side.map((value) => 1 / value);
        const rate = judgeModeC({ better: "higher", baseline: inverse(baseline), head: inverse(head) });
        expect(rate.doubt).toBe(judgeModeC({ better: "lower", baseline, head }).doubt);
      }),
    );
  });
});
