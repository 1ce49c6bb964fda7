import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinct, withRun } from "../../src/formats/bench-samples.js";
import type { Measurement } from "../../src/model/measurement.js";
import { quantile } from "../../src/statistics/quantiles.js";

const time: Measurement = { benchmark: "a", metric: "time", unit: "s", better: "lower", statistic: "min", value: 1 };

describe("the samples of a run", () => {
  test("are the rounds of its process, or its figure where there are none", () => {
    expect(withRun([], "base", [{ ...time, rounds: [3, 1, 2] }])[0]).toMatchObject({ base: [[3, 1, 2]], head: [] });
    expect(withRun([], "head", [{ ...time, value: 7 }])[0]).toMatchObject({ base: [], head: [[7]] });
  });

  test("are a row for each process that the tool started itself", () => {
    expect(withRun([], "head", [{ ...time, processes: [[1], [2, 3]] }])[0]?.head).toEqual([[1], [2, 3]]);
  });

  test("come after those of the runs before, side by side", () => {
    const first = withRun([], "base", [time]);
    const second = withRun(withRun(first, "head", [{ ...time, value: 2 }]), "base", [{ ...time, value: 3 }]);
    expect(second).toEqual([
      { benchmark: "a", metric: "time", unit: "s", better: "lower", statistic: "min", base: [[1], [3]], head: [[2]] },
    ]);
    expect(first[0]?.base).toEqual([[1]]);
  });

  test("of another unit, direction or statistic are a series of their own", () => {
    const others: Measurement[] = [
      { ...time, unit: "B" },
      { ...time, better: "higher" },
      { ...time, statistic: "median" },
    ];
    expect(withRun(withRun([], "base", [time]), "head", others)).toHaveLength(4);
  });

  test("keep what says how they are to be judged", () => {
    const counter: Measurement = { ...time, unit: "1", deterministic: true, endpoint: "GET /", sourceUnit: "allocs/op", resolution: 1 };
    expect(withRun([], "head", [counter])[0]).toMatchObject({ deterministic: true, endpoint: "GET /", sourceUnit: "allocs/op" });
  });

  test("keep the coarsest step in which the tool counted", () => {
    const steps = [undefined, 0.001, 0.01, 0.001].map((resolution) => ({ ...time, ...(resolution && { resolution }) }));
    const all = steps.reduce<ReturnType<typeof withRun>>((known, each) => withRun(known, "head", [each]), []);
    expect(all).toMatchObject([{ resolution: 0.01, head: [[1], [1], [1], [1]] }]);
  });

  test("property: of many rounds the percentiles stay, so that minimum, quartile and median are what they were", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-9, max: 1e3, noNaN: true }), { minLength: 102, maxLength: 400 }), (rounds) => {
        const [row = []] = withRun([], "head", [{ ...time, rounds }])[0]?.head ?? [];
        expect(row).toHaveLength(101);
        for (const q of [0, 0.25, 0.5, 1]) expect(quantile(row, q)).toBeCloseTo(quantile(rounds, q), 9);
      }),
    );
  });
});

describe("two files of one run", () => {
  test("give what each of them has", () => {
    expect(distinct([[time], [{ ...time, benchmark: "b" }]])).toEqual({ kept: [time, { ...time, benchmark: "b" }], twice: [] });
  });

  test("give no benchmark that both of them have", () => {
    const other = { ...time, benchmark: "b" };
    expect(distinct([[time, other], [{ ...time, value: 2 }]])).toEqual({ kept: [other], twice: ["a"] });
  });
});
