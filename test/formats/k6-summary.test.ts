import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { k6Summary } from "../../src/formats/k6-summary.js";
import { plain } from "../../src/model/text.js";
import { brokenOf, bytesOf, codes, fixture, fixtureJson, orders, reordered, runOf, sentence, values } from "./reading.js";

const ENDPOINTS = "k6-summary/handmade-endpoints.json";

interface File {
  metrics: Record<string, { values: Record<string, unknown>; thresholds?: Record<string, { ok: boolean }> }>;
  options: Record<string, unknown>;
}

describe("what k6's handleSummary wrote", () => {
  test("the total and every tagged endpoint are measured", async () => {
    expect(values(await runOf(fixture(ENDPOINTS)))).toEqual({
      "* latency_mean": 0.0625,
      "* latency_p50": 0.0535,
      "* latency_p90": 0.121,
      "* latency_max": 0.91,
      "* latency_p95": 0.151,
      "* latency_p99": 0.241,
      "* latency_p99_9": 0.701,
      "* throughput": 99.5,
      "* error_rate": 0.02,
      "/api/checkout latency_mean": 0.0945,
      "/api/checkout latency_p50": 0.09,
      "/api/checkout latency_p90": 0.17,
      "/api/checkout latency_max": 0.91,
      "/api/checkout latency_p95": 0.19,
      "/api/checkout latency_p99": 0.31,
      "/api/checkout latency_p99_9": 0.88,
      "/api/checkout error_rate": 0.06,
      "GET /api/products latency_mean": 0.045,
      "GET /api/products latency_p50": 0.042,
      "GET /api/products latency_p90": 0.07,
      "GET /api/products latency_max": 0.3,
      "GET /api/products latency_p95": 0.08,
      "GET /api/products latency_p99": 0.095,
      "GET /api/products latency_p99_9": 0.21,
      "GET /api/products throughput": 66.25,
      "warm up latency_mean": 0.02,
      "warm up latency_p50": 0.019,
      "warm up latency_p90": 0.03,
      "warm up latency_max": 0.04,
    });
  });

  test("what could not be measured is said", async () => {
    const problems = (await runOf(fixture(ENDPOINTS))).problems.map((problem) => `${problem.code}: ${sentence(problem)}`);
    expect(problems).toContain("vacuous-threshold: /api/typo: k6 saw no such request, so its threshold passed without measuring anything");
    expect(problems).toContain("too-few-samples: warm up: 12 requests are too few for latency_p95, latency_p99, latency_p99_9");
  });

  test("passes of http_req_failed are failures", async () => {
    expect((await runOf(fixture(ENDPOINTS))).load).toEqual({ requests: 3_000, failed: 60, errorRate: 0.02 });
    expect((await runOf(fixture("k6-summary/handmade-default-statistics.json"))).load).toMatchObject({ requests: 400, failed: 0 });
  });

  test("`ok: false` is a crossed threshold, `ok: true` a met one", async () => {
    const crossed = (await runOf(fixture(ENDPOINTS))).problems.filter(({ code }) => code === "threshold-crossed");
    expect(crossed.map(sentence)).toEqual([
      "k6's own threshold p(99) < 200 on http_req_duration{name:/api/checkout} was crossed",
      "k6's own threshold rate<0.05 on http_req_failed{name:/api/checkout} was crossed",
    ]);
  });

  test("default statistics lack p(99), and an endpoint's URL stays as it is", async () => {
    const run = await runOf(fixture("k6-summary/handmade-default-statistics.json"));
    expect(codes(run)).toEqual(["missing-percentile"]);
    expect(values(run)["http://localhost:3000/api/products?page=1 latency_p95"]).toBe(0.0455);
  });

  test("times are milliseconds whatever unit the text summary shows", async () => {
    const file = fixtureJson<File>(ENDPOINTS);
    file.options.summaryTimeUnit = "s";
    expect(await runOf(file)).toEqual(await runOf(fixture(ENDPOINTS)));
  });

  test("a failed and an HTTP-less run prove nothing", async () => {
    const failed = await runOf(fixture("k6-summary/handmade-all-failed.json"));
    expect([failed.measurements, plain(failed.noData ?? []), codes(failed)]).toEqual([
      [],
      "all 250 requests failed",
      ["threshold-crossed"],
    ]);
    const none = await runOf(fixture("k6-summary/handmade-no-request.json"));
    expect([none.measurements, plain(none.noData ?? [])]).toEqual([[], "k6 counted no HTTP request"]);
  });
});

describe("a k6 summary that cannot be believed", () => {
  test.each([["NaN"], [null], [-5]])("a p(95) of %s is named and not judged", async (value) => {
    const file = fixtureJson<File>(ENDPOINTS);
    file.metrics["http_req_duration{name:/api/checkout}"]!.values["p(95)"] = value;
    const run = await runOf(file);
    expect(values(run)).not.toHaveProperty(["/api/checkout latency_p95"]);
    const invalid = run.problems.filter(({ code }) => code === "invalid-value").map(sentence);
    expect(invalid).toHaveLength(1);
    expect(invalid[0]).toContain("/api/checkout: latency_p95");
  });

  test("an error rate above one is no rate", async () => {
    const file = fixtureJson<File>(ENDPOINTS);
    file.metrics.http_req_failed!.values.rate = 2;
    expect(codes(await runOf(file))).toContain("invalid-value");
  });

  test("a metric without values breaks the file", async () => {
    const file = { metrics: { ...fixtureJson<File>(ENDPOINTS).metrics, http_reqs: { contains: "default" } } };
    expect(await brokenOf(file)).toMatchObject({ code: "unexpected-shape" });
  });

  test("a cut file is truncated", async () => {
    expect(await brokenOf(fixture(ENDPOINTS).subarray(0, 1_500))).toMatchObject({ code: "truncated" });
  });
});

describe("recognising k6's handleSummary", () => {
  test("works when 64 KB of checks come first", async () => {
    const checks = Array.from({ length: 1_200 }, (_, index) => ({ name: `check ${index}`, path: `::check ${index}`, passes: 1, fails: 0 }));
    const { metrics } = fixtureJson<File>(ENDPOINTS);
    const file = { root_group: { name: "", path: "", groups: [], checks }, metrics };
    expect(JSON.stringify(file).indexOf('"metrics"')).toBeGreaterThan(65_536);
    expect((await runOf(file)).format).toBe("k6-summary");
  });

  test("leaves reshaped summaries and other metrics alone", () => {
    for (const other of [
      { metrics: {} },
      { metrics: { http_reqs: 5 } },
      { metrics: [{ values: 1, contains: "time" }] },
      { root_group: {} },
    ])
      expect(k6Summary.recognizes(bytesOf(other))).toBe(false);
  });

  test("property: the order of keys does not matter", async () => {
    const expected = await runOf(fixture(ENDPOINTS));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await runOf(reordered(fixtureJson(ENDPOINTS), order))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
