import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benchmarkdotnet } from "../../src/formats/benchmarkdotnet.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, read, reordered, runOf, sentence, values } from "./reading.js";

const BASE = "benchmarkdotnet/handmade-base.json";
const ARRAY = "Example.Sorts.Array(Size: 10) [.NET 8.0(Runtime=.NET 8.0, LaunchCount=1)]";
const only = async (content: unknown) => (await runOf(content)).measurements;
const found = async (benchmark: string, metric = "time") =>
  (await only(fixture(BASE))).find((one) => one.benchmark === benchmark && one.metric === metric);
const entry = (changes: Record<string, unknown> = {}) => ({ FullName: "N.T.M", Statistics: { Min: 2, Median: 3, N: 4 }, ...changes });
const file = (...Benchmarks: unknown[]) => ({ HostEnvironmentInfo: {}, Benchmarks });

describe("what BenchmarkDotNet wrote", () => {
  test("the values are the rounds of one process, judged by the fastest, in seconds", async () => {
    expect(await found(ARRAY)).toEqual({
      benchmark: ARRAY,
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: expect.closeTo(100e-9, 15),
      typical: expect.closeTo(101e-9, 15),
      rounds: [100e-9, 102e-9, 101e-9].map((seconds) => expect.closeTo(seconds, 15)),
      n: 3,
    });
  });

  test("launches are processes, without pilot, overhead and what was measured before it was corrected", async () => {
    const list = await found("Example.Sorts.List(Size: 10)");
    expect(list?.processes?.map((row) => row.map((seconds) => Math.round(seconds * 1e9)))).toEqual([
      [200, 204],
      [198, 206],
    ]);
    expect(list?.value).toBeCloseTo(198e-9, 15);
  });

  test("one method under two runtimes is two benchmarks", async () => {
    const names = (await only(fixture(BASE))).filter(({ metric }) => metric === "time").map(({ benchmark }) => benchmark);
    expect(names).toEqual([
      ARRAY,
      "Example.Sorts.Array(Size: 10) [.NET 10.0(Runtime=.NET 10.0, LaunchCount=1)]",
      "Example.Sorts.List(Size: 10)",
    ]);
  });

  test("bytes an operation are an exact count, also when there are none", async () => {
    expect(await found(ARRAY, "memory")).toMatchObject({ unit: "B", better: "lower", value: 368, deterministic: true });
    expect(await found("Example.Sorts.List(Size: 10)", "memory")).toMatchObject({ value: 0 });
  });

  test("other metrics have the direction that the file gives and are not judged; collections are not read", async () => {
    expect(await found(ARRAY, "CacheMisses")).toMatchObject({ unit: "unknown", better: "lower", sourceUnit: "Count", value: 12.5 });
    expect(Object.keys(values(await runOf(fixture(BASE)))).filter((name) => name.includes("Gen0"))).toEqual([]);
  });

  test("an older brief report has names from its parts and a median only", async () => {
    const run = await runOf(fixture("benchmarkdotnet/handmade-brief.json"));
    expect(run.measurements).toEqual([
      { benchmark: "Old.Sort(n=10)", metric: "time", unit: "s", better: "lower", statistic: "median", value: expect.closeTo(5.5e-9, 15) },
    ]);
    expect(run.problems.map(sentence)).toEqual(["Empty: time reads 0, which is below what the tool can tell from nothing"]);
    expect(run.environment).toEqual({ cpu: "Intel Xeon" });
  });

  test("without values the fastest and the median are taken as they are", async () => {
    expect(await only(file(entry()))).toMatchObject([{ statistic: "min", value: 2e-9, typical: expect.closeTo(3e-9, 15), n: 4 }]);
  });

  test("the machine is told", async () => {
    const { environment, tool } = await runOf(fixture(BASE));
    expect(environment).toEqual({ cpu: "AMD EPYC", cores: 2, arch: "X64", os: "Debian GNU/Linux 12 (bookworm)", runtime: ".NET 10.0.4" });
    expect(tool).toBe("BenchmarkDotNet 0.15.8");
  });

  test("a pair of runs has the same names, and the slower one is 20 % slower", async () => {
    const [base, slower] = [values(await runOf(fixture(BASE))), values(await runOf(fixture("benchmarkdotnet/handmade-slower.json")))];
    expect(Object.keys(slower)).toEqual(Object.keys(base));
    expect((slower[`${ARRAY} time`] ?? 0) / (base[`${ARRAY} time`] ?? 1)).toBeCloseTo(1.2, 9);
  });
});

describe("a benchmark that did not measure", () => {
  test("because it threw is named", async () => {
    const { problems } = await runOf(fixture(BASE));
    expect(problems.map(sentence)).toEqual(["Example.Sorts.Throws: the benchmark failed"]);
    expect(problems[0]).toMatchObject({ level: "error", code: "benchmark-failed" });
  });

  test("leaves no data when it is the only one, and neither does an empty list", async () => {
    expect(plain((await runOf(file(entry({ Statistics: null })))).noData ?? [])).toBe("no benchmark gave a figure");
    expect(plain((await runOf(file())).noData ?? [])).toBe("no benchmark ran");
  });

  test.each([[{ Min: "NaN" }], [{ Min: null }], [{ Min: -1 }], [{}]])("statistics %j are no figure", async (Statistics) => {
    expect(codes(await runOf(file(entry({ Statistics }))))).toEqual(["invalid-value"]);
  });

  test("one name and one job twice is an error", async () => {
    expect(codes(await runOf(file(entry(), entry())))).toEqual(["duplicate-name"]);
  });

  test("a file without its list breaks, and one cut in the middle too, with the line", async () => {
    expect((await brokenOf({ HostEnvironmentInfo: {} })).code).toBe("unexpected-shape");
    const bytes = fixture(BASE);
    expect(await brokenOf(bytes.subarray(0, bytes.length / 2))).toMatchObject({ code: "truncated", line: expect.any(Number) });
  });
});

describe("recognising BenchmarkDotNet", () => {
  test("leaves other tools' lists alone", () => {
    for (const other of [{ benchmarks: [] }, { Benchmarks: [] }, {}, [], { Benchmarks: [{ Method: "a" }] }])
      expect(benchmarkdotnet.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys does not matter", async () => {
    const expected = values(await runOf(fixture(BASE)));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(values(await runOf(reordered(fixtureJson(BASE), order)))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test("property: names and times come back as they were", async () => {
    const rows = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), ns: fc.double({ min: 1e-3, max: 1e12, noNaN: true }) }), {
      minLength: 1,
      selector: ({ name }) => name,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const measured = await only(file(...list.map(({ name, ns }) => entry({ FullName: name, Statistics: { OriginalValues: [ns] } }))));
        expect(measured.map(({ benchmark, value }) => [benchmark, value])).toEqual(list.map(({ name, ns }) => [name, ns * 1e-9]));
      }),
      { numRuns: 50 },
    );
  });

  test("property: any value in any field is answered", async () => {
    const keys = fc.constantFrom(
      "FullName",
      "Namespace",
      "Method",
      "DisplayInfo",
      "Parameters",
      "Statistics",
      "Memory",
      "Metrics",
      "Measurements",
      "OriginalValues",
      "Min",
    );
    await fc.assert(
      fc.asyncProperty(keys, fc.jsonValue({ maxDepth: 3 }), fc.boolean(), async (key, value, inside) => {
        const one = inside ? entry({ Statistics: { Median: 1, [key]: value } }) : entry({ [key]: value });
        expect(["run", "broken"]).toContain(Object.keys(await read(file(one, entry({ FullName: "b" }))))[0]);
      }),
      { numRuns: 150 },
    );
  });
});
