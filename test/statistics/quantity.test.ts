import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figure } from "../../src/model/text.js";
import { formatQuantity, formatRatio, formatShare } from "../../src/statistics/quantity.js";

describe("quantities for reading", () => {
  it.each([
    [0.1234, "s", "123.4 ms"],
    [0.1, "s", "100 ms"],
    [1.5, "s", "1.5 s"],
    [3600, "s", "3,600 s"],
    [0.0000123, "s", "12.3 µs"],
    [9.87e-8, "s", "98.7 ns"],
    [0.00099999999, "s", "1 ms"],
    [0, "s", "0 s"],
    [-0.2, "s", "-200 ms"],
    [512_000_000, "B", "512 MB"],
    [1500, "B", "1.5 kB"],
    [12, "B", "12 B"],
    [0, "B", "0 B"],
    [1234, "1/s", "1,234/s"],
    [98_765.4, "1/s", "98,765/s"],
    [0.5, "1/s", "0.5/s"],
    [1_000_000, "1", "1,000,000"],
    [2.345678, "unknown", "2.346"],
  ] as const)("shows %d in %s as %s", (value, unit, shown) => {
    expect(formatQuantity(value, unit)).toBe(shown);
  });

  it.each([
    [0.123, "+12.3 %"],
    [-0.0476, "-4.8 %"],
    [0, "0.0 %"],
    [0.0001, "0.0 %"],
    [-0.0001, "0.0 %"],
    [12.5, "+1,250.0 %"],
  ])("shows the change %d as %s", (change, shown) => {
    expect(formatRatio(change)).toBe(shown);
  });

  it.each([
    [0.012, "1.2 %"],
    [0.0005, "0.05 %"],
    [0, "0 %"],
    [1, "100 %"],
  ])("shows the share %d as %s", (share, shown) => {
    expect(formatShare(share)).toBe(shown);
  });

  it("always writes what a sentence takes for a figure of ours", () => {
    const value = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(value, fc.constantFrom("s", "B", "1/s", "1", "unknown"), (number, unit) => {
        for (const shown of [formatQuantity(number, unit), formatRatio(number), formatShare(number)])
          expect(figure(shown)).toEqual([shown]);
      }),
    );
  });
});
