import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toolUnit, unitFields } from "../../src/formats/tool-units.js";

describe("the unit as a tool prints it", () => {
  test.each<[string, string, string, number]>([
    ["ns", "s", "lower", 1e-9],
    ["ns/op", "s", "lower", 1e-9],
    ["\u00b5s/iter", "s", "lower", 1e-6],
    ["min/op", "s", "lower", 60],
    ["B/op", "B", "lower", 1],
    ["KiB", "B", "lower", 1024],
    ["allocs/op", "1", "lower", 1],
    ["ops/s", "1/s", "higher", 1],
    ["ops/ms", "1/s", "higher", 1e3],
    ["ops/min", "1/s", "higher", 1 / 60],
    ["MB/s", "1/s", "higher", 1e6],
    ["MiB/s", "1/s", "higher", 2 ** 20],
    ["Melem/s", "1/s", "higher", 1e6],
    ["elem/s", "1/s", "higher", 1],
    ["MS/s", "1/s", "higher", 1e6],
  ])("%s is %s, %s is better", (printed, unit, better, scale) => {
    const read = toolUnit(printed);
    expect(read).toEqual({ unit, better, scale: expect.closeTo(scale, 12) });
    expect(unitFields(read)).toEqual({ unit, better });
  });

  test("a cost that nobody declared is lower-better and keeps its spelling", () => {
    expect(unitFields(toolUnit("rows/op"))).toEqual({ unit: "unknown", better: "lower", sourceUnit: "rows/op" });
    expect(unitFields(toolUnit("cycles/iter"))).toEqual({ unit: "unknown", better: "lower", sourceUnit: "cycles/iter" });
  });

  test.each(["auxMetricUnits", "errors/s", "p99-ns", "%", "", "/", "ops/fortnight", "constructor"])(
    "%s is unknown, both unit and direction",
    (printed) => {
      expect(toolUnit(printed)).toEqual({ unit: "unknown", better: "unknown", scale: 1, sourceUnit: printed });
    },
  );

  test("property: nothing is thrown, and a direction that is known never comes without a reason", () => {
    fc.assert(
      fc.property(fc.string(), (printed) => {
        const { unit, better, scale } = toolUnit(printed);
        expect(scale).toBeGreaterThan(0);
        if (unit !== "unknown") expect(better).not.toBe("unknown");
      }),
    );
  });
});
