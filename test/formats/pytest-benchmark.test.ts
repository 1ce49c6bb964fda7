import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pytestBenchmark } from "../../src/formats/pytest-benchmark.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, fixture, fixtureJson, orders, read, reordered, runOf, sentence } from "./reading.js";

const FULL = "pytest-benchmark/full-data.json";

interface Stats {
  min: unknown;
  median: unknown;
  rounds: unknown;
  data?: unknown[];
}
interface File {
  version: unknown;
  machine_info: Record<string, unknown>;
  benchmarks: { fullname: string; stats: Stats }[];
}

const one = (stats: Partial<Stats> = {}, fullname = "t.py::test_a"): File => ({
  version: "4.0.0",
  machine_info: { python_version: "3.12.1" },
  benchmarks: [{ fullname, stats: { min: 1e-6, median: 2e-6, rounds: 2, data: [1e-6, 3e-6], ...stats } }],
});

describe("what pytest-benchmark --benchmark-json wrote", () => {
  test("each benchmark is measured by its fastest round, in seconds, under its full name", async () => {
    const { benchmarks } = fixtureJson<File>(FULL);
    const { measurements } = await runOf(fixture(FULL));
    expect(measurements.map(({ benchmark, value, typical, n }) => [benchmark, value, typical, n])).toEqual(
      benchmarks.map(({ fullname, stats }) => [fullname, stats.min, stats.median, stats.rounds]),
    );
    expect(measurements[0]).toMatchObject({ metric: "time", unit: "s", better: "lower", statistic: "min" });
  });

  test("parametrised and class benchmarks of one short name stay apart", async () => {
    const names = (await runOf(fixture(FULL))).measurements.map(({ benchmark }) => benchmark);
    expect(names).toContain("test_prices.py::test_sort[10]");
    expect(names).toContain("test_prices.py::test_sort[1000]");
    expect(names).toContain("test_prices.py::TestGroup::test_sort");
  });

  test("a benchmark that raised is absent, one whose test failed afterwards is there", async () => {
    const names = (await runOf(fixture(FULL))).measurements.map(({ benchmark }) => benchmark);
    expect(names).not.toContain("test_prices.py::test_raises");
    expect(names).toContain("test_prices.py::test_fails_afterwards");
  });

  test("the rounds come along when all of them are in the file", async () => {
    const { measurements } = await runOf(fixture(FULL));
    for (const { rounds, n, value } of measurements) {
      expect(rounds).toHaveLength(n ?? Number.NaN);
      expect(Math.min(...(rounds ?? []))).toBe(value);
    }
  });

  test("an autosaved file without rounds gives the same figures without them", async () => {
    const { measurements } = await runOf(fixture("pytest-benchmark/autosave-without-data.json"));
    expect(measurements).toHaveLength(4);
    for (const measurement of measurements) expect(measurement).not.toHaveProperty("rounds");
    expect(measurements[0]?.n).toBeGreaterThan(100);
  });

  test("the machine is told by processor, architecture, system and interpreter, never by its name", async () => {
    const { environment, tool } = await runOf(fixture(FULL));
    expect(environment).toEqual({ cpu: "AMD EPYC", arch: "x86_64", os: "Linux", runtime: "CPython 3.11.2" });
    expect(tool).toBe("pytest-benchmark 3.2.2");
  });

  test("a newer version's processor fields are read", async () => {
    const cpu = { brand_raw: "Intel Xeon", count: 4 };
    const run = await runOf({ ...one(), machine_info: { python_version: "3.12.1", machine: "aarch64", cpu } });
    expect(run.environment).toEqual({ cpu: "Intel Xeon", cores: 4, arch: "aarch64", runtime: "3.12.1" });
  });

  test("odd machine information costs nothing but itself", async () => {
    const run = await runOf({ ...one(), version: 5, machine_info: { python_version: 3, cpu: "fast", machine: null } });
    expect(run).toMatchObject({ tool: "pytest-benchmark", environment: {}, measurements: [{ benchmark: "t.py::test_a" }] });
  });
});

describe("a file that proves nothing", () => {
  test("is empty when no benchmark was selected", async () => {
    const problem = await brokenOf(fixture("pytest-benchmark/none-selected.json"));
    expect(problem).toMatchObject({ level: "error", code: "empty-file", file: "results.json" });
  });

  test("has no data when the list of benchmarks is empty", async () => {
    const run = await runOf({ ...one(), benchmarks: [] });
    expect(run.measurements).toEqual([]);
    expect(plain(run.noData ?? [])).toBe("no benchmark ran");
  });
});

describe("figures that cannot be", () => {
  test.each([
    ["NaN", "NaN"],
    ["null", "null"],
    ['"NaN"', '"NaN"'],
    ["negative", "-0.001"],
    ["zero", "0"],
    ["infinite", "Infinity"],
    ["too large", "1e999"],
  ])("a minimum that is %s is missing, names its benchmark, and leaves the others alone", async (_, literal) => {
    const file = one({ min: "MIN" });
    file.benchmarks.push(...one({}, "t.py::test_b").benchmarks);
    const run = await runOf(JSON.stringify(file).replace('"MIN"', literal));
    expect(run.measurements.map(({ benchmark }) => benchmark)).toEqual(["t.py::test_b"]);
    expect(run.problems).toHaveLength(1);
    expect(run.problems[0]).toMatchObject({ level: "error", code: "invalid-value", file: "results.json" });
    expect(sentence(run.problems[0]!)).toContain("t.py::test_a: time");
    expect(run.noData).toBeUndefined();
  });

  test("cut rounds are not taken for all of them", async () => {
    const data = [1e-6, 2e-6, "... omitted to keep this file small"];
    expect((await runOf(one({ rounds: 38_523, data }))).measurements[0]).not.toHaveProperty("rounds");
    expect((await runOf(one({ rounds: 3, data }))).measurements[0]).not.toHaveProperty("rounds");
    expect((await runOf(one())).measurements[0]?.rounds).toEqual([1e-6, 3e-6]);
  });

  test("an unusable median or number of rounds is left out", async () => {
    const run = await runOf(one({ median: -1, rounds: "two" }));
    expect(run.measurements[0]).toEqual({
      benchmark: "t.py::test_a",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: 1e-6,
    });
    expect(run.problems.map(sentence)).toEqual(["t.py::test_a: the median of time cannot be -1"]);
  });

  test("a benchmark without a name breaks the file", async () => {
    const problem = await brokenOf({ ...one(), benchmarks: [{ name: "test_a", stats: { min: 1 } }] });
    expect(problem.code).toBe("unexpected-shape");
    expect(sentence(problem)).toContain("benchmarks.0.fullname");
  });

  test("a file cut in the middle is broken, with the line, and not somebody else's", async () => {
    const problem = await brokenOf(fixture(FULL).subarray(0, 9_000));
    expect(problem).toMatchObject({ level: "error", code: "truncated", file: "results.json" });
    expect(problem.line).toBeGreaterThan(100);
  });
});

describe("recognising pytest-benchmark", () => {
  test("works from any part that comes first, even when 64 KB hold one benchmark's rounds only", async () => {
    const data = Array.from({ length: 10_000 }, (_, index) => 1e-6 + index * 1e-9);
    const file = {
      benchmarks: [
        { extra_info: {}, fullname: "t.py::test_a", options: { min_rounds: 5 }, stats: { data, min: 1e-6, median: 5e-6, rounds: 10_000 } },
      ],
      machine_info: {},
    };
    expect(bytesOf(file).length).toBeGreaterThan(100_000);
    expect((await runOf(file)).measurements[0]?.rounds).toHaveLength(10_000);
  });

  test("leaves other tools' lists of benchmarks alone", () => {
    const google = { context: { num_cpus: 2 }, benchmarks: [{ name: "BM_x", time_unit: "ns", real_time: 1 }] };
    const mitata = { layout: [], benchmarks: [{ alias: "x", runs: [{ stats: { min: 1 } }] }] };
    for (const other of [google, mitata, {}, [], { benchmarks: [] }]) expect(pytestBenchmark.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys does not matter", async () => {
    const file = fixtureJson(FULL);
    const expected = await runOf(fixture(FULL));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(file, order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: names and times come back as they were, whatever the names are", async () => {
    const times = fc.uniqueArray(
      fc.record({ fullname: fc.string({ unit: "binary" }), min: fc.double({ min: 1e-12, max: 1e6, noNaN: true }) }),
      {
        minLength: 1,
        selector: ({ fullname }) => Buffer.from(fullname).toString(),
      },
    );
    await fc.assert(
      fc.asyncProperty(times, async (list) => {
        const benchmarks = list.map(({ fullname, min }) => ({ fullname: Buffer.from(fullname).toString(), stats: { min, median: min } }));
        const result = await read({ ...one(), benchmarks });
        expect(result).toMatchObject({
          run: { measurements: benchmarks.map(({ fullname, stats }) => ({ benchmark: fullname, value: stats.min })), problems: [] },
        });
      }),
    );
  });
});
