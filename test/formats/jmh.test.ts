import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jmh } from "../../src/formats/jmh.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, read, reordered, runOf, sentence, values } from "./reading.js";

const BASE = "jmh/handmade-base.json";
const SORT = "com.example.SortBenchmark.sort {order=random, size=1000}";

const metric = (changes: Record<string, unknown> = {}) => ({ score: 2, scoreError: "NaN", scoreUnit: "ns/op", rawData: [[2]], ...changes });
const entry = (changes: Record<string, unknown> = {}, primary: Record<string, unknown> = {}) => ({
  jmhVersion: "1.37",
  benchmark: "a.b",
  mode: "avgt",
  threads: 1,
  primaryMetric: metric(primary),
  secondaryMetrics: {},
  ...changes,
});
const only = async (content: unknown) => (await runOf(content)).measurements;
const found = async (benchmark: string, name: string) =>
  (await only(fixture(BASE))).find((one) => one.benchmark === benchmark && one.metric === name);

describe("what JMH wrote", () => {
  test("forks are processes, and the best mean of one is the time", async () => {
    const time = await found(`${SORT} [avgt]`, "time");
    expect(time).toMatchObject({ unit: "s", better: "lower", statistic: "min", n: 9 });
    expect(time?.value).toBeCloseTo(((10 + 10.3 + 9.9) / 3) * 1e-6, 15);
    expect(time?.typical).toBeCloseTo(10.3e-6, 15);
    expect(time?.processes?.map((row) => row.length)).toEqual([3, 3, 3]);
  });

  test("throughput is higher-better, and its best fork the fastest", async () => {
    const rate = await found(`${SORT} [thrpt]`, "throughput");
    expect(rate).toMatchObject({ unit: "1/s", better: "higher", statistic: "max" });
    expect(rate?.value).toBeCloseTo(100_000, 6);
  });

  test("one fork is one process with rounds", async () => {
    const name = "com.example.SortBenchmark.queue {threads=4} [avgt]";
    expect(await found(name, "time")).toMatchObject({
      value: expect.closeTo(230e-9, 15),
      rounds: [expect.anything(), expect.anything(), expect.anything()],
    });
    expect((await found(`${SORT} [ss]`, "time"))?.value).toBeCloseTo(0.0125, 12);
  });

  test("mode sample has percentiles of single calls", async () => {
    expect(await found(`${SORT} [sample]`, "latency_p50")).toMatchObject({ unit: "s", better: "lower", statistic: "p50", n: 193 });
    expect((await found(`${SORT} [sample]`, "latency_p99"))?.value).toBeCloseTo(40e-6, 12);
    const few = entry(
      { mode: "sample" },
      { rawData: undefined, rawDataHistogram: [[[[5, 20]]]], scorePercentiles: { "50.0": 5, "99.0": 5 } },
    );
    expect((await only([few])).map(({ metric: name }) => name)).toEqual(["latency_p50"]);
  });

  test("the methods of a group are benchmarks of their own, and bytes an operation are memory", async () => {
    const names = Object.keys(values(await runOf(fixture(BASE))));
    expect(names).toContain("com.example.SortBenchmark.queue {threads=4} [avgt] queueAdd time");
    expect(await found(`${SORT} [avgt]`, "memory")).toMatchObject({ unit: "B", better: "lower", value: expect.closeTo(4016, 2) });
    expect(names).toHaveLength(9);
  });

  test("the runtime is told, and no path of the machine", async () => {
    const { environment, tool } = await runOf(fixture(BASE));
    expect(environment).toEqual({ runtime: "OpenJDK 64-Bit Server VM 17.0.9+9" });
    expect(tool).toBe("JMH 1.37");
  });

  test("a pair of runs has the same names, and the slower one is 20 % slower", async () => {
    const [base, slower] = [values(await runOf(fixture(BASE))), values(await runOf(fixture("jmh/handmade-slower.json")))];
    expect(Object.keys(slower)).toEqual(Object.keys(base));
    expect((slower[`${SORT} [avgt] time`] ?? 0) / (base[`${SORT} [avgt] time`] ?? 1)).toBeCloseTo(1.2, 9);
  });

  test.each<[string, number]>([
    ["ns/op", 2e-9],
    ["us/op", 2e-6],
    ["ms/op", 2e-3],
    ["s/op", 2],
    ["min/op", 120],
  ])("%s becomes seconds", async (scoreUnit, seconds) => {
    expect((await only([entry({}, { scoreUnit })]))[0]?.value).toBeCloseTo(seconds, 12);
  });
});

describe("figures that cannot be judged", () => {
  test.each([
    ["thrpt", "ns/op"],
    ["avgt", "ops/s"],
    ["other", "ns/op"],
    ["avgt", "apples"],
  ])("mode %s with the unit %s is shown with its own unit", async (mode, scoreUnit) => {
    const run = await runOf([entry({ mode }, { scoreUnit })]);
    expect(run.measurements).toMatchObject([{ unit: "unknown", better: "unknown", sourceUnit: scoreUnit, value: 2 }]);
    expect(codes(run)).toEqual(["unit-unclear"]);
  });

  test("a score that is no number is missing, and one of zero below resolution", async () => {
    expect(codes(await runOf([entry({}, { rawData: undefined, score: "NaN" })]))).toEqual(["invalid-value"]);
    expect(codes(await runOf([entry({}, { rawData: [["NaN"]] })]))).toEqual(["invalid-value"]);
    expect(codes(await runOf([entry({}, { rawData: [[0]] })]))).toEqual(["below-resolution"]);
  });

  test("a score without its iterations is a mean", async () => {
    expect(await only([entry({}, { rawData: undefined })])).toMatchObject([{ statistic: "mean", value: 2e-9 }]);
  });

  test("one benchmark in several modes is several, and twice in one mode an error", async () => {
    const run = await runOf([entry(), entry({ mode: "ss" }), entry({ params: { n: "1" } }), entry({ params: { n: "1" } })]);
    expect(run.measurements.map(({ benchmark }) => benchmark)).toEqual(["a.b [avgt]", "a.b [ss]"]);
    expect(run.problems.map(sentence)).toEqual(["a.b {n=1} [avgt]: time stands 2 times in this file, and none of them is judged"]);
  });

  test("a file that lacks what every entry has breaks, with the place", async () => {
    const problem = await brokenOf([{ ...entry(), primaryMetric: undefined }]);
    expect(problem.code).toBe("unexpected-shape");
    expect(sentence(problem)).toContain("0.primaryMetric");
    expect(plain(problem.remedy ?? [])).not.toBe("");
  });

  test("a file cut in the middle is broken, with the line", async () => {
    const bytes = fixture(BASE);
    expect(await brokenOf(bytes.subarray(0, bytes.length / 2))).toMatchObject({ code: "truncated", line: expect.any(Number) });
  });
});

describe("recognising JMH", () => {
  test("leaves other arrays alone", () => {
    for (const other of [[], [{}], [{ name: "a", unit: "ns", value: 1 }], [{ benchmark: "a" }], {}])
      expect(jmh.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: neither the order of keys nor that of entries matters", async () => {
    const expected = values(await runOf(fixture(BASE)));
    await fc.assert(
      fc.asyncProperty(orders, fc.boolean(), async (order, backwards) => {
        const list = fixtureJson<unknown[]>(BASE);
        expect(values(await runOf(reordered(backwards ? list.toReversed() : list, order)))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test("property: names and times come back as they were", async () => {
    const rows = fc.uniqueArray(fc.record({ benchmark: fc.string(), score: fc.double({ min: 1e-3, max: 1e12, noNaN: true }) }), {
      minLength: 1,
      selector: (one) => one.benchmark,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const measured = await only(list.map(({ benchmark, score }) => entry({ benchmark }, { rawData: [[score]] })));
        expect(measured.map((one) => [one.benchmark, one.value])).toEqual(
          list.map(({ benchmark, score }) => [`${benchmark} [avgt]`, score * 1e-9]),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("property: any value in any field is answered", async () => {
    const keys = fc.constantFrom(
      "benchmark",
      "mode",
      "threads",
      "params",
      "secondaryMetrics",
      "primaryMetric",
      "rawData",
      "rawDataHistogram",
      "scorePercentiles",
      "scoreUnit",
    );
    await fc.assert(
      fc.asyncProperty(keys, fc.jsonValue({ maxDepth: 3 }), fc.boolean(), async (key, value, inside) => {
        const one = inside ? entry({ mode: "sample" }, { [key]: value }) : entry({ [key]: value });
        expect(["run", "broken"]).toContain(Object.keys(await read([one, entry({ benchmark: "c" })]))[0]);
      }),
      { numRuns: 150 },
    );
  });
});
