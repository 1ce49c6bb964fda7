import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatChange, formatInterval, formatMagnitude, sayEffect } from "../../src/statistics/change.js";

const time = { unit: "s", better: "lower" } as const;

describe("a change in words", () => {
  it.each([
    [{ change: 0.12, interval: [0.08, 0.16], ...time }, "12 % slower (95 % interval 8–16 %)"],
    [{ change: -0.2, interval: [-0.25, -0.15], ...time }, "20 % faster (95 % interval 15–25 %)"],
    [{ change: 0.003, interval: [-0.012, 0.019], ...time }, "0.3 % slower (95 % interval -1.2 to +1.9 %)"],
    [{ change: -0.12, interval: [-0.16, -0.08], unit: "1/s", better: "higher" }, "12 % lower (95 % interval 8–16 %)"],
    [{ change: 0.5, interval: null, unit: "B", better: "lower" }, "50 % higher"],
    [{ change: 251, interval: null, ...time }, "250 times as slow"],
    [{ change: 0, interval: null, ...time }, "unchanged"],
    [{ change: 0.00001, interval: null, ...time }, "unchanged"],
  ] as const)("%o is %s", (effect, sentence) => {
    expect(sayEffect(effect)).toBe(sentence);
  });
});

describe("a change in a table", () => {
  it.each([
    [0.123, "+12 %"],
    [-0.048, "-4.8 %"],
    [0.0012, "+0.1 %"],
    [0.0086, "+0.9 %"],
    [0.0004, "0 %"],
    [0, "0 %"],
    [0.00001, "0 %"],
    [-0.00001, "0 %"],
    [8.9, "+890 %"],
    [9, "×10"],
    [251.08, "×250"],
  ])("%d is %s", (change, shown) => {
    expect(formatChange(change)).toBe(shown);
  });

  it("writes the ends of an interval with one unit", () => {
    expect(formatInterval([0.08, 0.16])).toBe("+8 to +16 %");
    expect(formatInterval([-0.01, 0.03])).toBe("-1 to +3 %");
    expect(formatInterval([4, 20])).toBe("+400 % to ×21");
  });

  it("is short, and signed as the value moves", () => {
    fc.assert(
      fc.property(fc.double({ min: -0.999, max: 1e6, noNaN: true }), (change) => {
        const shown = formatChange(change);
        expect(shown).toMatch(/^(?:0 %|[+-][\d.,]+ %|×[\d,.]+)$/);
        expect(shown.startsWith("-")).toBe(change <= -5e-4);
        expect(shown.length).toBeLessThan(14);
      }),
    );
  });

  it("has no sign where only the size is asked for", () => {
    expect(formatMagnitude(-0.02)).toBe("2 %");
  });
});
