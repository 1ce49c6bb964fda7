import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tinybench } from "../../src/formats/tinybench.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const TASKS = "tinybench/v6-tasks.json";
const latency = (changes: object = {}) => ({ min: 2, mean: 9, p50: 3, p75: 4, samplesCount: 5, ...changes });
const task = (name: string, changes: object = {}) => ({ name, result: { state: "completed", latency: latency(changes) } });

describe("tasks as tinybench holds them", () => {
  test("version 6: the fastest sample in seconds, the median beside it, and the runtime", async () => {
    const run = await runOf(fixture(TASKS));
    expect(run.measurements.map(({ benchmark }) => benchmark)).toEqual(["json parse", "async 1ms", "json parse 2"]);
    expect(run.measurements[0]).toEqual({
      benchmark: "json parse",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: 0.00013999999987390765 * 1e-3,
      typical: 0.00031100000001060835 * 1e-3,
      n: 156_702,
    });
    expect(run.environment).toEqual({ runtime: "node 20.20.2" });
    expect(run.problems.map(sentence)).toEqual(["boom: the benchmark failed: it threw"]);
  });

  test("version 6 with its samples: they are the rounds", async () => {
    const [first] = (await runOf(fixture("tinybench/v6-samples.json"))).measurements;
    expect(first?.rounds).toHaveLength(20);
    expect(Math.min(...(first?.rounds ?? []))).toBe(first?.value);
  });

  test("version 4: the latency, whatever the flat fields beside it say", async () => {
    const [first] = (await runOf(fixture("tinybench/v4-tasks.json"))).measurements;
    const [source] = fixtureJson<{ result: { latency: { min: number; p50: number } } }[]>("tinybench/v4-tasks.json");
    expect(first).toMatchObject({
      value: (source?.result.latency.min ?? 0) * 1e-3,
      typical: (source?.result.latency.p50 ?? 0) * 1e-3,
      n: 20,
    });
    expect(first?.rounds).toHaveLength(20);
  });

  test("version 2: the flat fields, and the median of its samples, because it has none", async () => {
    const run = await runOf(fixture("tinybench/v2-tasks.json"));
    const [source] = fixtureJson<{ result: { min: number; samples: number[] } }[]>("tinybench/v2-tasks.json");
    const middle = ((source?.result.samples[9] ?? 0) + (source?.result.samples[10] ?? 0)) / 2;
    expect(run.measurements[0]?.value).toBe((source?.result.min ?? 0) * 1e-3);
    expect(run.measurements[0]?.typical).toBeCloseTo(middle * 1e-3, 12);
    expect(run.problems.map(sentence)).toEqual(["boom: the benchmark failed: it threw"]);
  });

  test("a task that did not complete has no figure", async () => {
    const run = await runOf([task("a"), { name: "b", result: { state: "aborted" } }]);
    expect(Object.keys(values(run))).toEqual(["a time"]);
    expect(run.problems.map(sentence)).toEqual(["b: the benchmark failed: it ended in the state aborted"]);
  });
});

describe("the table", () => {
  test("holds nanoseconds and no minimum: the median is measured, and is another statistic than the tasks'", async () => {
    const run = await runOf(fixture("tinybench/v6-table.json"));
    const { measurements } = run;
    expect(measurements.map(({ benchmark, statistic, n }) => [benchmark, statistic, n])).toEqual([
      ["json parse", "median", 156_702],
      ["async 1ms", "median", 64],
      ["json parse 2", "median", 204_450],
    ]);
    expect(measurements[0]?.value).toBeCloseTo(311e-9, 15);
    expect(measurements[1]?.value).toBeCloseTo(1_130_908e-9, 12);
    expect(run.problems.map(sentence)).toEqual(["boom: the benchmark failed: it threw: x"]);
  });

  test("of version 2 has neither median nor minimum and is refused, with what to write instead", async () => {
    const problem = await brokenOf(fixture("tinybench/v2-table.json"));
    expect(problem.code).toBe("unexpected-shape");
    expect(plain(problem.remedy ?? [])).toContain("bench.tasks.map");
  });

  test("with a cell that is no number has a figure missing", async () => {
    expect(codes(await runOf([{ "Task name": "a", "Latency med (ns)": "NaN ± NaN" }]))).toEqual(["invalid-value"]);
  });
});

describe("figures that say nothing", () => {
  test.each<[object, string]>([
    [{ min: 0 }, "below-resolution"],
    [{ min: null }, "invalid-value"],
    [{ min: -1 }, "invalid-value"],
  ])("a latency of %j is no time", async (changes, code) => {
    const run = await runOf([task("a", changes)]);
    expect(codes(run)).toEqual([code]);
    expect(run.noData).toBeDefined();
  });

  test("part of the samples are not the rounds", async () => {
    expect((await runOf([task("a", { samples: [2, 3] })])).measurements[0]).not.toHaveProperty("rounds");
  });

  test("two tasks of one name are an error", async () => {
    expect(codes(await runOf([task("a"), task("a")]))).toEqual(["duplicate-name"]);
  });
});

describe("recognising tinybench", () => {
  test("leaves other lists of named things alone", () => {
    const others = [
      [],
      [{}],
      [{ name: "a", unit: "ns", value: 1 }],
      [{ name: "a", result: "ok" }],
      [{ name: "a", result: {} }],
      { name: "a" },
    ];
    for (const other of others) expect(tinybench.recognizes(bytesOf(other))).toBe(false);
  });

  test("a task without a name breaks the file, at its place", async () => {
    expect(sentence(await brokenOf([task("a"), { result: { state: "completed" } }]))).toContain("at 1.name");
  });

  test("a file cut in the middle is broken", async () => {
    expect(await brokenOf(fixture(TASKS).subarray(0, 3_000))).toMatchObject({ code: "truncated" });
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(TASKS));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(TASKS), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: old and new layouts of one result give one measurement", async () => {
    const sample = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.array(sample, { minLength: 1, maxLength: 9 }), async (name, samples) => {
        const [min, hz] = [Math.min(...samples), 1];
        const flat = await runOf([{ name, result: { min, hz, totalTime: 1, mean: 1, samples } }]);
        const nested = await runOf([{ name, result: { latency: { min, p75: 1, samples } } }]);
        expect(flat.measurements).toEqual(nested.measurements);
        expect(flat.measurements[0]?.rounds).toEqual(samples.map((one) => one * 1e-3));
      }),
    );
  });
});
