import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { duration, secondsPer } from "../../src/formats/time-units.js";

describe("a time unit", () => {
  test.each<[string, number]>([
    ["ps", 1e-12],
    ["ns", 1e-9],
    ["us", 1e-6],
    ["\u00b5s", 1e-6],
    ["\u03bcs", 1e-6],
    ["ms", 1e-3],
    ["s", 1],
    ["m", 60],
    ["min", 60],
    ["h", 3600],
  ])("%s is %d seconds", (unit, seconds) => expect(secondsPer(unit)).toBe(seconds));

  test.each(["", "cycles", "NS", "constructor", "seconds per"])("%s is none", (unit) => expect(secondsPer(unit)).toBeUndefined());
});

describe("a printed duration", () => {
  test.each<[string, number]>([
    ["98.7us", 98.7e-6],
    ["1.67m", 100.2],
    ["1m2.5s", 62.5],
    ["1h0m0s", 3600],
    ["0s", 0],
    ["60.648\u00b5s", 60.648e-6],
  ])("%s is %d seconds", (printedDuration, seconds) => expect(duration(printedDuration)).toBeCloseTo(seconds, 12));

  test.each(["", "nan", "-nan", "1", "s", "1.2.3s", "5 ms", "-3ms", "1x", "1m2"])("%s is missing, never 0", (printedDuration) => {
    expect(duration(printedDuration)).toBeNaN();
  });

  test("property: nothing is thrown, and what is read is a number of seconds or missing", () => {
    const parts = fc.string({ unit: fc.constantFrom("1", "9", ".", "m", "s", "u", "h", "-", " ", "\u00b5") });
    fc.assert(fc.property(parts, (printedDuration) => Number.isNaN(duration(printedDuration)) || duration(printedDuration) >= 0));
  });
});
