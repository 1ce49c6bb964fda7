import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { oha } from "../../src/formats/oha.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, runOf, sentence, values } from "./reading.js";

interface File extends Record<string, unknown> {
  summary: Record<string, unknown>;
  latencyPercentiles: Record<string, unknown>;
}
const some = () => fixtureJson<File>("oha/handmade-some-failed.json");
const noDataOf = async (content: unknown) => plain((await runOf(content)).noData ?? []);

describe("what oha wrote as JSON", () => {
  test("seconds stay seconds, although metrics.latency_ms beside them is milliseconds", async () => {
    const run = await runOf(fixture("oha/handmade-some-failed.json"));
    expect(values(run)).toEqual({
      "* latency_mean": 0.0222,
      "* latency_p50": 0.0215,
      "* latency_p75": 0.0229,
      "* latency_p90": 0.0248,
      "* latency_p95": 0.0264,
      "* latency_p99": 0.0312,
      "* latency_p99_9": 0.0807,
      "* latency_max": 0.0912,
      "* throughput": 500,
      "* error_rate": 0.01,
    });
    expect(run.measurements[0]).toMatchObject({ endpoint: "*", n: 1996, resolution: 1e-9 });
  });

  test("failures are counted from both distributions, because the success rate leaves out what was cut off", async () => {
    const run = await runOf(fixture("oha/handmade-some-failed.json"));
    expect(some().summary.successRate).toBe(1);
    expect(run.load).toEqual({ requests: 2_000, failed: 20, errorRate: 0.01, byStatus: { 200: 1_980, 503: 16 } });
    expect(codes(run)).toEqual(["cut-off", "failures-mixed-in"]);
    expect(sentence(run.problems[0]!)).toBe("4 requests were cut off by the end of the run and count as failed");
  });

  test("percentiles of the successes are taken where oha writes them, and then no figure over all answers", async () => {
    const run = await runOf(fixture("oha/handmade-successful.json"));
    expect(values(run)).toMatchObject({ "* latency_p99": 0.0313 });
    expect(values(run)).not.toHaveProperty(["* latency_mean"]);
    expect(codes(run)).toEqual([]);
  });
});

describe("an oha run that proves nothing or is broken", () => {
  test("was refused: every statistic is null", async () => {
    expect(await noDataOf(fixture("oha/handmade-refused.json"))).toBe("none of the 50 requests was answered");
  });

  test("got one status only", async () => {
    expect(await noDataOf({ ...some(), statusCodeDistribution: { 403: 6_500 }, errorDistribution: {} })).toBe(
      "all 6,500 responses were 403",
    );
  });

  test("has a statistic that is null: missing, never 0", async () => {
    const file = some();
    file.latencyPercentiles.p95 = null;
    const run = await runOf(file);
    expect(values(run)).not.toHaveProperty(["* latency_p95"]);
    expect(run.problems.map(sentence)).toContain("*: latency_p95 is missing or not a number");
  });

  test("is cut, or has counts that are none", async () => {
    expect((await brokenOf(fixture("oha/handmade-some-failed.json").subarray(0, 700))).code).toBe("truncated");
    expect(sentence(await brokenOf({ ...some(), statusCodeDistribution: { 200: 1.5 } }))).toContain("statusCodeDistribution");
  });

  test("leaves other summaries alone", () => {
    for (const other of [{ summary: { successRate: 1 } }, { latencyPercentiles: {} }, { summary: 3 }])
      expect(oha.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the error rate is what did not answer 2xx or 3xx of everything", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3_000), fc.nat(3_000), fc.nat(3_000), async (good, bad, refused) => {
        const file = { ...some(), statusCodeDistribution: { 204: good, 500: bad }, errorDistribution: { "Connection refused": refused } };
        const { load, measurements } = await runOf(file);
        expect(load).toMatchObject({ requests: good + bad + refused, failed: bad + refused });
        expect(measurements.length > 0).toBe(good > 0);
      }),
    );
  });
});
