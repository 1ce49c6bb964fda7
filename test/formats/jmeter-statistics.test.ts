import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jmeterStatistics } from "../../src/formats/jmeter-statistics.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const FILE = "jmeter-statistics/handmade-statistics.json";
type Rows = Record<string, Record<string, unknown>>;
const rows = () => fixtureJson<Rows>(FILE);
const CHECKOUT = "POST /api/checkout";

describe("what JMeter's dashboard wrote into statistics.json", () => {
  test("labels are endpoints, milliseconds become seconds", async () => {
    const run = await runOf(fixture(FILE));
    expect(values({ measurements: run.measurements.filter(({ endpoint }) => endpoint === CHECKOUT) })).toEqual({
      [`${CHECKOUT} latency_mean`]: 0.0245,
      [`${CHECKOUT} latency_p50`]: 0.0235,
      [`${CHECKOUT} latency_p90`]: 0.027,
      [`${CHECKOUT} latency_p95`]: 0.029,
      [`${CHECKOUT} latency_p99`]: 0.044,
      [`${CHECKOUT} latency_max`]: 0.096,
      [`${CHECKOUT} throughput`]: 31.1,
      [`${CHECKOUT} error_rate`]: 3 / 310,
    });
    expect(run.measurements[0]).toMatchObject({ endpoint: "*", n: 640, resolution: 0.001 });
    expect(run.load).toEqual({ requests: 640, failed: 33, errorRate: 33 / 640 });
  });

  test("failures are in the times, and it says so where there are any", async () => {
    const run = await runOf(fixture(FILE));
    expect(codes(run)).toEqual(["failures-mixed-in", "failures-mixed-in", "no-success"]);
    expect(run.problems.map(sentence)[1]).toBe(`${CHECKOUT}: the latencies may include those of failed requests`);
  });

  test("other percentiles are read by the configuration", async () => {
    const origin = { name: "statistics.json", sibling: async () => undefined, percentiles: { "jmeter-statistics": [50, 75, 99.9] } };
    const run = await runOf(fixture(FILE), { origin });
    expect(values(run)).toMatchObject({ [`${CHECKOUT} latency_p50`]: 0.027, [`${CHECKOUT} latency_p75`]: 0.029 });
    expect(values(run)).not.toHaveProperty([`${CHECKOUT} latency_p95`]);
  });

  test("a version without medians is read as far as it goes", async () => {
    const file = rows();
    for (const row of Object.values(file)) delete row.medianResTime;
    const run = await runOf(file);
    expect(values(run)).not.toHaveProperty([`${CHECKOUT} latency_p50`]);
    expect(codes(run)).not.toContain("invalid-value");
  });

  test("three samples are too few for any of its percentiles", async () => {
    const file = { "GET /": { ...rows()[CHECKOUT], transaction: "GET /", sampleCount: 3, errorCount: 0 } };
    const run = await runOf(file);
    expect(run.measurements.map(({ metric }) => metric)).toEqual([
      "latency_mean",
      "latency_p50",
      "latency_max",
      "throughput",
      "error_rate",
    ]);
    expect(sentence(run.problems[0]!)).toBe("GET /: 3 requests are too few for latency_p90, latency_p95, latency_p99");
  });
});

describe("a JMeter report that proves nothing or is broken", () => {
  test("has failures only", async () => {
    expect(plain((await runOf(fixture("jmeter-statistics/handmade-all-failed.json"))).noData ?? [])).toBe("all 40 requests failed");
  });

  test("is cut, or has a count that is none", async () => {
    expect((await brokenOf(fixture(FILE).subarray(0, 900))).code).toBe("truncated");
    const file = rows();
    Object.assign(file[CHECKOUT]!, { sampleCount: null });
    expect(sentence(await brokenOf(file))).toContain(`at ${CHECKOUT}.sampleCount`);
  });

  test("a time that is NaN is missing, never 0", async () => {
    const file = rows();
    Object.assign(file[CHECKOUT]!, { pct3ResTime: "NaN" });
    const run = await runOf(file);
    expect(values(run)).not.toHaveProperty([`${CHECKOUT} latency_p99`]);
    expect(run.problems.map(sentence)).toContain(`${CHECKOUT}: latency_p99 is missing or not a number`);
  });

  test("leaves other objects alone", () => {
    for (const other of [{}, [], { a: { transaction: "a" } }, { a: 3 }]) expect(jmeterStatistics.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of labels and keys changes no figure", async () => {
    const sorted = (run: Parameters<typeof values>[0]) => Object.entries(values(run)).sort();
    const expected = sorted(await runOf(rows()));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(sorted(await runOf(reordered(rows(), order)))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
