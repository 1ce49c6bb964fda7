import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benchmarkjsJson } from "../../src/formats/benchmarkjs-json.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence } from "./reading.js";

const SUITE = "benchmarkjs-json/suite.json";
const bench = (name: string, sample: unknown[]) => ({ name, hz: 5, stats: { mean: 1, deviation: 0, rme: 0, sample } });

describe("JSON.stringify of a suite", () => {
  test("the fastest sample in seconds, all samples as rounds, under suite and name", async () => {
    const run = await runOf(fixture(SUITE));
    expect(run.measurements.map(({ benchmark }) => benchmark)).toEqual(["suite > a x b", "suite > RegExp#test", "suite > slow"]);
    const { 0: first } = fixtureJson<{ 0: { stats: { sample: number[] } } }>(SUITE);
    expect(run.measurements[0]).toMatchObject({
      metric: "time",
      unit: "s",
      better: "lower",
      statistic: "min",
      value: 1.139032193208952e-7,
      rounds: first.stats.sample,
      n: 6,
    });
  });

  test("one that threw has a mean of 0 and no samples, and is reported", async () => {
    const run = await runOf(fixture(SUITE));
    expect(run.problems.map(sentence)).toEqual(["suite > boom: the benchmark failed: it threw"]);
    expect(run.problems[0]).toMatchObject({ level: "error", code: "benchmark-failed" });
  });

  test("an array of benchmarks is read alike, without a suite", async () => {
    const run = await runOf([bench("a", [2, 1]), bench("b", [])]);
    expect(run.measurements).toMatchObject([{ benchmark: "a", value: 1, typical: 1.5 }]);
    expect(run.problems.map(sentence)).toEqual(["b: the benchmark failed: it has no samples"]);
  });

  test("a sample that is no number is missing, and then the rounds are not all of them", async () => {
    const [first] = (await runOf([bench("a", [2, null, "NaN", 3])])).measurements;
    expect(first).toMatchObject({ value: 2, n: 2 });
    expect(first).not.toHaveProperty("rounds");
  });

  test("samples of 0 are below what can be told, negative ones impossible, and names stand once", async () => {
    expect(codes(await runOf([bench("a", [0])]))).toEqual(["below-resolution"]);
    expect(codes(await runOf([bench("a", [-1])]))).toEqual(["invalid-value"]);
    expect(codes(await runOf([bench("a", [1]), bench("a", [1])]))).toEqual(["duplicate-name"]);
  });
});

describe("recognising the suite", () => {
  test("leaves other things with a 0 alone", () => {
    for (const other of [{ 0: {} }, [{ name: "a", stats: { sample: [] } }], { 0: { name: "a" } }, [], ["a"]])
      expect(benchmarkjsJson.recognizes(bytesOf(other))).toBe(false);
  });

  test("a benchmark without samples breaks the file at its place, and so does its end in the middle", async () => {
    expect(sentence(await brokenOf([bench("a", [1]), { name: "b", stats: {} }]))).toContain("at 1.stats.sample");
    expect(await brokenOf(fixture(SUITE).subarray(0, 2_000))).toMatchObject({ code: "truncated" });
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(SUITE));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(SUITE), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("property: every sample comes back as a round", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.array(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), { minLength: 1 }), async (name, sample) => {
        expect((await runOf([bench(name, sample)])).measurements).toMatchObject([
          { benchmark: name, rounds: sample, value: Math.min(...sample) },
        ]);
      }),
    );
  });
});
