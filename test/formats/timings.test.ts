import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failed } from "../../src/formats/micro.js";
import { runOfReadings, timed, withParameters } from "../../src/formats/timings.js";
import { plain } from "../../src/model/text.js";

describe("the time of a micro-benchmark", () => {
  test("is its fastest round, scaled to seconds with all that stands beside it", () => {
    expect(timed("a", { min: 2, median: 3, rounds: [2, 4], n: 2 }, 0.5)).toEqual({
      benchmark: "a",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: 1,
      typical: 1.5,
      rounds: [1, 2],
      n: 2,
    });
  });

  test("has rounds only when all of them are there", () => {
    expect(timed("a", { min: 2, median: 3, rounds: [2, 4], n: 3 }, 1)).not.toHaveProperty("rounds");
    expect(timed("a", { min: 2, median: 3, rounds: [], n: 0 }, 1)).not.toHaveProperty("rounds");
    expect(timed("a", { min: 2, median: 3, rounds: [2, 4] }, 1)).toMatchObject({ rounds: [2, 4], n: 2 });
  });

  test("leaves out a median that is not given, and is NaN when the minimum is missing", () => {
    expect(timed("a", { min: "NaN", median: null }, 1)).toEqual({
      benchmark: "a",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: Number.NaN,
    });
  });
});

describe("readings", () => {
  test("are parted into measurements and problems, in their order", () => {
    const [time, zero, problem] = [timed("a", { min: 1, median: 1 }, 1), timed("c", { min: 0, median: 0 }, 1), failed("b")];
    const run = runOfReadings({ format: "x", tool: "y" }, [problem, time, zero]);
    expect(run).toMatchObject({ format: "x", tool: "y", measurements: [time] });
    expect(run.problems.map(({ code }) => code)).toEqual(["benchmark-failed", "below-resolution"]);
    expect(run.noData).toBeUndefined();
  });

  test("without a figure prove nothing", () => {
    expect(plain(runOfReadings({ format: "x" }, []).noData ?? [])).toBe("no benchmark ran");
  });
});

describe("a name with parameters", () => {
  test("lists them in an order of their own", () => {
    expect(withParameters("f", {})).toBe("f");
    expect(withParameters("f", { n: 10, kind: "x" })).toBe("f (kind=x, n=10)");
  });

  test("property: does not depend on the order in which they are given", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (parameters) => {
        const backwards = Object.fromEntries(Object.entries(parameters).toReversed());
        expect(withParameters("f", backwards)).toBe(withParameters("f", parameters));
      }),
    );
  });
});
