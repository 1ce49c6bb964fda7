import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { googleBenchmark } from "../../src/formats/google-benchmark.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, read, reordered, runOf, sentence, values } from "./reading.js";

const OWN = "google-benchmark/own-repetitions.json";

interface Row extends Record<string, unknown> {
  run_name: string;
  run_type: string;
  real_time: number;
}
interface File {
  context: Record<string, unknown>;
  benchmarks: Row[];
}

const context = { num_cpus: 4, library_build_type: "release", load_avg: [0.1], cpu_scaling_enabled: false };
const row = (changes: Record<string, unknown> = {}) => ({
  name: "a",
  run_name: "a",
  run_type: "iteration",
  repetition_index: 0,
  real_time: 2,
  cpu_time: 1,
  time_unit: "ns",
  ...changes,
});
const file = (...benchmarks: Record<string, unknown>[]) => ({ context, benchmarks });
const only = async (content: unknown) => (await runOf(content)).measurements;

describe("what Google Benchmark wrote", () => {
  test("the repetitions are the rounds of one process, judged by the fastest real time", async () => {
    const rows = fixtureJson<File>(OWN).benchmarks.filter((one) => one.run_name === "BM_Str/8" && one.run_type === "iteration");
    const rounds = rows.map(({ real_time }) => real_time * 1e-9);
    expect((await only(fixture(OWN)))[0]).toEqual({
      benchmark: "BM_Str/8",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: Math.min(...rounds),
      typical: [...rounds].sort((a, b) => a - b)[1],
      rounds,
      n: 3,
    });
  });

  test("no aggregate is a benchmark, and milliseconds become seconds", async () => {
    const times = (await only(fixture(OWN))).filter(({ metric }) => metric === "time");
    expect(times.map(({ benchmark }) => benchmark)).toEqual(["BM_Str/8", "BM_Str/4096", "BM_Ms/iterations:20/real_time"]);
    expect(times[2]?.value).toBeGreaterThan(1e-3);
    expect(times[2]?.value).toBeLessThan(2e-3);
  });

  test("without repetitions in the file the median of the aggregates stands for them", async () => {
    const [first, ...others] = await only(fixture("google-benchmark/own-aggregates-only.json"));
    expect(first).toEqual({
      benchmark: "BM_Str/8",
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "median",
      value: expect.closeTo(3.0895e-9, 12),
    });
    expect(others.filter(({ metric }) => metric === "time")).toHaveLength(2);
    const mean = row({ name: "a_mean", run_type: "aggregate", aggregate_name: "mean" });
    expect(codes(await runOf(file(mean)))).toEqual(["invalid-value"]);
  });

  test("a counter of the benchmark's own is shown and not judged", async () => {
    const counter = (await only(fixture(OWN))).find(({ metric }) => metric === "rows");
    expect(counter).toMatchObject({ benchmark: "BM_Ms/iterations:20/real_time", unit: "unknown", better: "unknown", value: 7 });
  });

  test("allocations of a memory manager are exact when every repetition agrees", async () => {
    const [, allocations] = await only(file(row({ allocs_per_iter: 2 }), row({ allocs_per_iter: 2, repetition_index: 1 })));
    expect(allocations).toMatchObject({ metric: "allocations", unit: "1", better: "lower", value: 2, deterministic: true });
    const [, differing] = await only(file(row({ allocs_per_iter: 2 }), row({ allocs_per_iter: 3, repetition_index: 1 })));
    expect(differing).not.toHaveProperty("deterministic");
  });

  test("a fitted complexity is passed over", async () => {
    const names = (await only(fixture("google-benchmark/complexity.json"))).map(({ benchmark }) => benchmark);
    expect(names).toEqual(["BM_Chain", "BM_Fit/64", "BM_Fit/128", "BM_Fit/256"]);
  });

  test("a pair of runs has the same names, and the slower one is slower", async () => {
    const [base, slower] = [
      values(await runOf(fixture("google-benchmark/base.json"))),
      values(await runOf(fixture("google-benchmark/slower.json"))),
    ];
    expect(Object.keys(slower)).toEqual(Object.keys(base));
    expect(slower["BM_Chain time"]).toBeGreaterThan((base["BM_Chain time"] ?? 0) * 1.1);
  });

  test("the machine is told by its processors, never by its name", async () => {
    const { environment, tool } = await runOf(fixture(OWN));
    expect(environment).toEqual({ cores: 2 });
    expect(tool).toBe("Google Benchmark");
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["debug-build", { library_build_type: "debug" }, "the benchmark library was built for debugging"],
    ["busy-machine", { load_avg: [5.5] }, "the machine was busy when it began: a load of 5.5 on 4 processors"],
    ["cpu-scaling", { cpu_scaling_enabled: true }, "the processor changes its clock rate while it measures"],
  ])("%s is a warning", async (code, changes, says) => {
    const { problems } = await runOf({ ...file(row()), context: { ...context, ...changes } });
    expect(problems).toMatchObject([{ level: "warning", code }]);
    expect(problems.map(sentence)).toEqual([says]);
  });
});

describe("a benchmark that did not measure", () => {
  test("with an error is named once with its message, and its times of zero are not read", async () => {
    const run = await runOf(fixture(OWN));
    expect(run.problems.map(sentence)).toContain("BM_Err: the benchmark failed: no db");
    expect(run.problems.filter(({ code }) => code === "benchmark-failed")).toHaveLength(1);
    expect(run.measurements.some(({ benchmark }) => benchmark === "BM_Err")).toBe(false);
  });

  test("that skipped itself is named as such", async () => {
    const run = await runOf(file(row({ skipped: true, skip_message: "no gpu", real_time: 0 }), row({ name: "b", run_name: "b" })));
    expect(run.problems.map(sentence)).toEqual(["a: the benchmark skipped itself: no gpu"]);
  });

  test("with a time of zero is below resolution, and with null or NaN has none", async () => {
    expect(codes(await runOf(file(row({ real_time: 0 }))))).toEqual(["below-resolution"]);
    expect(codes(await runOf(file(row({ real_time: null }))))).toEqual(["invalid-value"]);
    expect(codes(await runOf(JSON.stringify(file(row({ real_time: "X" }))).replace('"X"', "NaN")))).toEqual(["invalid-value"]);
  });

  test("a file without benchmarks has no data", async () => {
    expect(plain((await runOf(file())).noData ?? [])).toBe("no benchmark ran");
  });

  test("two benchmarks of one name are an error that says so", async () => {
    expect(codes(await runOf(file(row({ family_index: 0 }), row({ family_index: 1 }))))).toEqual(["duplicate-name"]);
  });

  test("an unknown unit is shown and not judged", async () => {
    expect(await only(file(row({ time_unit: "jiffies" })))).toMatchObject([{ unit: "unknown", sourceUnit: "jiffies", value: 2 }]);
  });
});

describe("files that are refused", () => {
  test("CSV is called by its name, with the option that writes JSON", async () => {
    const problem = await brokenOf(fixture("google-benchmark/own-truncated.csv"));
    expect(problem.code).toBe("csv");
    expect(sentence(problem)).toContain("this is Google Benchmark's CSV");
    expect(plain(problem.remedy ?? [])).toContain("--benchmark_out_format=json");
  });

  test("a file cut in the middle is broken, with the line", async () => {
    const bytes = fixture(OWN);
    expect(await brokenOf(bytes.subarray(0, bytes.length / 2))).toMatchObject({ code: "truncated", line: expect.any(Number) });
  });
});

describe("recognising Google Benchmark", () => {
  test("leaves other tools' lists of benchmarks alone", () => {
    const pytest = { machine_info: { python_version: "3" }, benchmarks: [{ fullname: "a", stats: {} }] };
    const mitata = { layout: [], benchmarks: [{ alias: "x", runs: [] }], context: { cpu: { name: "x" } } };
    for (const other of [pytest, mitata, {}, [], { context: {} }, "name,iterations\n"])
      expect(googleBenchmark.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys does not matter", async () => {
    const expected = values(await runOf(fixture(OWN)));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(values(await runOf(reordered(fixtureJson(OWN), order)))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test("property: names and times come back as they were", async () => {
    const rows = fc.uniqueArray(fc.record({ name: fc.string(), ns: fc.double({ min: 1e-3, max: 1e12, noNaN: true }) }), {
      minLength: 1,
      selector: ({ name }) => name,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const measured = await only(file(...list.map(({ name, ns }) => row({ name, run_name: name, real_time: ns }))));
        expect(measured.map(({ benchmark, value }) => [benchmark, value])).toEqual(list.map(({ name, ns }) => [name, ns * 1e-9]));
      }),
      { numRuns: 50 },
    );
  });

  test("property: any value in any field of a row is answered", async () => {
    const keys = fc.constantFrom(
      "name",
      "run_name",
      "run_type",
      "aggregate_name",
      "real_time",
      "time_unit",
      "family_index",
      "error_occurred",
      "__proto__",
      "x",
    );
    await fc.assert(
      fc.asyncProperty(keys, fc.jsonValue({ maxDepth: 1 }), async (key, value) => {
        expect(["run", "broken"]).toContain(
          Object.keys(await read(file(row(Object.fromEntries([[key, value]])), row({ name: "b_median" }))))[0],
        );
      }),
      { numRuns: 100 },
    );
  });
});
