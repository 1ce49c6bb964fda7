import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hyperfine } from "../../src/formats/hyperfine.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence } from "./reading.js";

const one = (changes: object = {}) => ({
  command: "./run",
  mean: 2,
  stddev: 1,
  median: 2,
  min: 1,
  max: 3,
  times: [2, 1, 3],
  exit_codes: [0, 0, 0],
  ...changes,
});
const file = (...results: object[]) => ({ results });

describe("what hyperfine --export-json wrote", () => {
  test("a command is measured in seconds, and each of its times is a process of its own", async () => {
    const run = await runOf(fixture("hyperfine/sleep.json"));
    expect(run).toEqual({
      format: "hyperfine",
      tool: "hyperfine",
      measurements: [
        {
          benchmark: "sleep 0.01",
          metric: "time",
          unit: "s",
          better: "lower",
          statistic: "min",
          value: 0.01428853964,
          typical: 0.014419218640000002,
          processes: [[0.01428853964], [0.021237800640000002], [0.014419218640000002]],
          n: 3,
        },
      ],
      problems: [],
    });
  });

  test("one run, whose deviation is null, is one process", async () => {
    const { measurements } = await runOf(fixture("hyperfine/one-run.json"));
    expect(measurements[0]).toMatchObject({ benchmark: "true", n: 1, processes: [[0.000049243879999999766]] });
  });

  test("the parameters belong to the name, whatever their order", async () => {
    const names = (await runOf(fixture("hyperfine/parameters.json"))).measurements.map(({ benchmark }) => benchmark);
    expect(names).toEqual(["sleep 0.001 (d=1)", "sleep 0.002 (d=2)"]);
    const two = await runOf(file(one({ parameters: { b: "2", a: "x" } })));
    expect(two.measurements[0]?.benchmark).toBe("./run (a=x, b=2)");
  });

  test("an export without the times gives its figures without processes", async () => {
    const run = await runOf(file(one({ times: null, exit_codes: undefined })));
    expect(run.measurements[0]).toMatchObject({ value: 1, typical: 2 });
    expect(run.measurements[0]).not.toHaveProperty("processes");
  });
});

describe("commands without a time", () => {
  test("one that failed was timed all the same and is reported, one of 0 s is below what can be seen", async () => {
    const run = await runOf(fixture("hyperfine/failing-and-zero.json"));
    expect(run.measurements).toEqual([]);
    expect(run.problems.map(({ level, code }) => `${level} ${code}`)).toEqual(["error benchmark-failed", "warning below-resolution"]);
    expect(run.problems.map(sentence)).toEqual([
      "named: the benchmark failed: 3 of 3 runs ended with exit code 1",
      "true: time reads 0, which is below what the tool can tell from nothing",
    ]);
    expect(run.noData).toBeDefined();
  });

  test("a run that a signal ended has no exit code and failed", async () => {
    const run = await runOf(file(one({ exit_codes: [0, null, 0] }), one({ command: "b" })));
    expect(run.problems.map(sentence)).toEqual(["./run: the benchmark failed: 1 of 3 runs ended with no exit code"]);
    expect(run.measurements.map(({ benchmark }) => benchmark)).toEqual(["b"]);
  });

  test("times with a zero among them are not taken for processes", async () => {
    expect((await runOf(file(one({ times: [2, 0, 3], min: 1e-9 })))).measurements[0]).not.toHaveProperty("processes");
  });

  test.each([null, "NaN", -1])("a minimum of %j is missing or impossible, never 0", async (min) => {
    const run = await runOf(file(one({ min })));
    expect(codes(run)).toEqual(["invalid-value"]);
    expect(run.measurements).toEqual([]);
  });

  test("two commands of one name are an error", async () => {
    const run = await runOf(file(one(), one({ min: 0.5 })));
    expect(codes(run)).toEqual(["duplicate-name"]);
    expect(run.measurements).toEqual([]);
  });
});

describe("recognising hyperfine", () => {
  test("leaves other lists of results alone", () => {
    for (const other of [{ results: [] }, { results: [{ command: 5, times: [] }] }, { results: [{ name: "a", mean: 1 }] }, [one()]])
      expect(hyperfine.recognizes(bytesOf(other))).toBe(false);
  });

  test("a file cut in the middle is broken, with its line", async () => {
    expect(await brokenOf(fixture("hyperfine/parameters.json").subarray(0, 600))).toMatchObject({ code: "truncated", line: 31 });
  });

  test("a command that is no text breaks the file, at its place", async () => {
    expect(sentence(await brokenOf(file(one(), one({ command: null }))))).toContain("results.1.command");
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture("hyperfine/parameters.json"));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson("hyperfine/parameters.json"), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: every time comes back as a process, and no command that failed is measured", async () => {
    const times = fc.array(fc.double({ min: 1e-9, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(times, fc.nat(3), async (list, code) => {
        const exit_codes = list.map((_, index) => (index === 0 ? code : 0));
        const { measurements } = await runOf(file(one({ times: list, exit_codes, min: Math.min(...list) })));
        expect(measurements.flatMap(({ processes }) => processes?.flat() ?? [])).toEqual(code === 0 ? list : []);
      }),
    );
  });
});
