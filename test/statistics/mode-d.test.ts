import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeModeD, type ModeDInput } from "../../src/statistics/mode-d.js";

const judge = (base: readonly number[], head: readonly number[], parts: Partial<ModeDInput> = {}) =>
  judgeModeD({ better: "lower", unit: "1", base, head, ...parts });

describe("mode D", () => {
  it("calls one allocation more a regression, and one less an improvement", () => {
    expect(judge([1000], [1001])).toMatchObject({ decision: "regression", reason: "exact", change: expect.closeTo(0.001, 12) });
    expect(judge([1000], [999]).decision).toBe("improvement");
    expect(judge([1000, 1000], [1000])).toMatchObject({ decision: "no-change", change: 0 });
  });

  it("tolerates 1 % of what is not a count", () => {
    expect(judge([1000], [1010], { unit: "B" }).decision).toBe("no-change");
    expect(judge([1000], [1011], { unit: "B" })).toMatchObject({ decision: "regression", visible: 0.01 });
    expect(judge([1000], [989], { unit: "unknown" }).decision).toBe("improvement");
  });

  it("knows a counter that left 0, or came to it", () => {
    expect(judge([0], [3])).toMatchObject({ decision: "regression", change: Number.POSITIVE_INFINITY });
    expect(judge([3], [0])).toMatchObject({ decision: "improvement", change: -1 });
    expect(judge([0], [0])).toMatchObject({ decision: "no-change", change: 0, effect: 0 });
  });

  it("does not decide by a counter that its own code does not repeat, unless every run agrees", () => {
    expect(judge([100, 110], [105, 112])).toMatchObject({ decision: "inconclusive", reason: "counter-varies", doubt: "suspect" });
    expect(judge([100, 110], [100, 104])).toMatchObject({ decision: "inconclusive", doubt: "noise-floor" });
    expect(judge([100, 110], [120, 130]).decision).toBe("regression");
  });

  it("turns with the direction", () => {
    const counts = fc.array(fc.nat(50), { minLength: 1, maxLength: 4 });
    const opposite = { regression: "improvement", improvement: "regression", "no-change": "no-change", inconclusive: "inconclusive" };
    fc.assert(
      fc.property(counts, counts, (base, head) => {
        const { decision } = judge(base, head);
        expect(judge(base, head, { better: "higher" }).decision).toBe(opposite[decision]);
        expect(judge(head, base).decision).toBe(opposite[decision]);
      }),
    );
  });
});
