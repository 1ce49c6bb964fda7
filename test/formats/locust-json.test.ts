import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { locustJson } from "../../src/formats/locust-json.js";
import { locustStep } from "../../src/formats/locust-step.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, runOf, sentence, values } from "./reading.js";

interface Entry extends Record<string, unknown> {
  name: string;
  method: string;
  num_requests: number;
  num_failures: number;
  total_response_time: number;
  response_times: Record<string, number>;
}
const own = () => fixtureJson<Entry[]>("locust-json/own-stats.json");
const shop = () => fixtureJson<Entry[]>("locust-json/own-base.json");

describe("what Locust wrote as JSON", () => {
  test("GET and POST of one path are two endpoints, and percentiles come from the histogram", async () => {
    const run = await runOf(fixture("locust-json/own-stats.json"));
    expect(values(run)).toMatchObject({
      "GET /slow latency_p50": 0.023,
      "GET /slow latency_p99": 0.027,
      "POST /slow latency_p95": 0.025,
      "GET /slow error_rate": 0,
      "GET /err error_rate": 1,
    });
    expect(run.measurements.find(({ benchmark, metric }) => benchmark === "GET /slow" && metric === "latency_p95")).toMatchObject({
      n: 200,
      resolution: 0.001,
    });
  });

  test("the total is added up, because the file has none", async () => {
    const run = await runOf(fixture("locust-json/own-stats.json"));
    const requests = own().reduce((sum, { num_requests }) => sum + num_requests, 0);
    const time = own().reduce((sum, { total_response_time }) => sum + total_response_time, 0);
    expect(run.load).toEqual({ requests: 951, failed: 105, errorRate: 105 / 951 });
    expect(requests).toBe(951);
    expect(values(run)["* latency_mean"]).toBeCloseTo(time / requests / 1000, 12);
    expect(values(run)["* throughput"]).toBeCloseTo(167.16, 2);
  });

  test("mean and maximum are exact, percentiles have two digits", async () => {
    const { measurements } = await runOf(fixture("locust-json/own-stats.json"));
    for (const { statistic, resolution } of measurements)
      if (statistic === "mean" || statistic === "max") expect(resolution).toBeUndefined();
    expect([0.09, 0.5, 5.1, 11].map((seconds) => locustStep("p95", seconds))).toEqual([0.001, 0.01, 0.1, 1]);
  });

  test("an endpoint made slower is the one that differs", async () => {
    const [base, head] = [values(await runOf(shop())), values(await runOf(fixture("locust-json/own-head.json")))];
    const change = (name: string) => (head[name] ?? 0) / (base[name] ?? 1);
    expect(change("POST /api/checkout latency_p50")).toBeGreaterThan(1.15);
    expect(change("GET /api/products latency_p50")).toBeLessThan(1.16);
  });

  test("failures are in the times", async () => {
    const run = await runOf(fixture("locust-json/own-stats.json"));
    expect(codes(run)).toEqual(expect.arrayContaining(["failures-mixed-in", "no-success"]));
  });
});

describe("a Locust run that proves nothing or is broken", () => {
  test("has failures only, or no request", async () => {
    const failed = own().map((entry) => ({ ...entry, num_failures: entry.num_requests }));
    expect(plain((await runOf(failed)).noData ?? [])).toBe("all 951 requests failed");
    const idle = own().map((entry) => ({ ...entry, num_requests: 0, num_failures: 0, response_times: {}, total_response_time: 0 }));
    expect(plain((await runOf(idle)).noData ?? [])).toBe("no request was answered");
  });

  test("is cut, appended to another, or has a time that is none", async () => {
    const source = JSON.stringify(own());
    expect((await brokenOf(source.slice(0, 1_500))).code).toBe("truncated");
    expect((await brokenOf(source + source)).code).toBe("several-values");
    const [first, ...others] = own();
    expect(sentence(await brokenOf([{ ...first, response_times: { "-3": 1 } }, ...others]))).toContain("response_times");
  });

  test("has one endpoint twice: neither is judged", async () => {
    const [first, ...others] = own();
    const run = await runOf([first, first, ...others]);
    expect(codes(run)).toContain("duplicate-name");
  });

  test("is told from the ratio of its tasks and other arrays", () => {
    for (const other of [{ per_class: {}, total: {} }, [{ name: "a", value: 1 }], [{ num_requests: 1 }], []])
      expect(locustJson.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of endpoints does not matter", async () => {
    const expected = Object.entries(values(await runOf(own()))).sort();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(own(), { minLength: own().length }), async (entries) => {
        expect(Object.entries(values(await runOf(entries))).sort()).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
