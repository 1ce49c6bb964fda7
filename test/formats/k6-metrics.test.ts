import { describe, expect, test } from "vitest";
import { k6Run, TREND_STATS } from "../../src/formats/k6-metrics.js";
import { plain } from "../../src/model/text.js";
import { codes, sentence, values } from "./reading.js";

type Metrics = Record<string, Record<string, unknown>>;

const trend = { avg: 20, min: 10, med: 18, max: 90, "p(90)": 30, "p(95)": 40, "p(99)": 50 };
const zeros = { avg: 0, min: 0, med: 0, max: 0, "p(90)": 0, "p(95)": 0, "p(99)": 0 };
const total: Metrics = {
  http_reqs: { count: 500, rate: 25 },
  http_req_failed: { rate: 0, passes: 0, fails: 500 },
  http_req_duration: trend,
  "http_req_duration{expected_response:true}": trend,
};

const run = (metrics: Metrics) =>
  k6Run("k6-summary", new Map(Object.entries(metrics).map(([name, inner]) => [name, { values: inner, crossed: [] }])));

describe("the total of a k6 run", () => {
  test("is measured under *, in seconds, per second and as a rate", () => {
    const result = run(total);
    expect(values(result)).toEqual({
      "* latency_mean": 0.02,
      "* latency_p50": 0.018,
      "* latency_p90": 0.03,
      "* latency_p95": 0.04,
      "* latency_p99": 0.05,
      "* latency_max": 0.09,
      "* throughput": 25,
      "* error_rate": 0,
    });
    expect(result.measurements[4]).toMatchObject({ endpoint: "*", statistic: "p99", unit: "s", better: "lower", n: 500 });
    expect(result).toMatchObject({ format: "k6-summary", tool: "k6", load: { requests: 500, failed: 0, errorRate: 0 }, problems: [] });
  });

  test("prefers the latencies of successes, and counts those only", () => {
    const failed = { rate: 0.1, passes: 50, fails: 450 };
    const result = run({ ...total, http_req_failed: failed, http_req_duration: { ...trend, "p(95)": 1 } });
    expect(values(result)["* latency_p95"]).toBe(0.04);
    expect(result.measurements.find(({ metric }) => metric === "latency_p95")?.n).toBe(450);
    expect(result.load).toEqual({ requests: 500, failed: 50, errorRate: 0.1 });
    expect(codes(result)).toEqual([]);
  });

  test("says so when failures are mixed into the only latencies there are", () => {
    const { "http_req_duration{expected_response:true}": _, ...mixed } = total;
    expect(codes(run({ ...mixed, http_req_failed: { rate: 0.1, passes: 50, fails: 450 } }))).toEqual(["failures-mixed-in"]);
    expect(codes(run(mixed))).toEqual([]);
  });

  test("p(99.9) is measured when the script asked for it", () => {
    const fine = { ...trend, "p(99.9)": 80 };
    const metrics = { ...total, http_reqs: { count: 2_000, rate: 100 }, "http_req_duration{expected_response:true}": fine };
    expect(values(run(metrics))["* latency_p99_9"]).toBe(0.08);
  });

  test("a missing p(99) is one warning with the line to add", () => {
    const { "p(99)": _, ...short } = trend;
    const result = run({ ...total, "http_req_duration{expected_response:true}": short, "http_req_duration{name:/a}": short });
    expect(codes(result)).toEqual(["missing-percentile"]);
    expect(sentence(result.problems[0]!)).toBe("k6 did not write p(99): a budget on it cannot be checked");
    expect(plain(result.problems[0]?.remedy ?? [])).toBe(`add to the script's options: ${TREND_STATS}`);
    expect(TREND_STATS).toBe('summaryTrendStats: ["avg","min","med","max","p(90)","p(95)","p(99)","count"]');
  });

  test("twenty requests carry a p95 and no p99", () => {
    const few = { ...total, http_reqs: { count: 20, rate: 2 }, http_req_failed: { rate: 0, passes: 0, fails: 20 } };
    const result = run(few);
    expect(Object.keys(values(result))).toEqual([
      "* latency_mean",
      "* latency_p50",
      "* latency_p90",
      "* latency_p95",
      "* latency_max",
      "* throughput",
      "* error_rate",
    ]);
    expect(codes(result)).toEqual(["too-few-samples"]);
  });

  test("without http_req_failed the error rate is unknown, not zero", () => {
    const { http_req_failed: _, ...old } = total;
    const result = run(old);
    expect(result.load).toBeUndefined();
    expect(values(result)).not.toHaveProperty(["* error_rate"]);
    expect(codes(result)).toEqual(["missing-error-rate"]);
  });
});

describe("a k6 run that proves nothing", () => {
  const noData = (metrics: Metrics) => {
    const { measurements, noData } = run(metrics);
    expect(measurements).toEqual([]);
    return plain(noData ?? []);
  };

  test("had only failures, however fast they were", () => {
    expect(noData({ ...total, http_req_failed: { rate: 1, passes: 500, fails: 0 } })).toBe("all 500 requests failed");
    expect(noData({ ...total, http_req_failed: { value: 1 } })).toBe("all 500 requests failed");
    expect(noData({ ...total, http_req_failed: { passes: 500, fails: 0 } })).toBe("all 500 requests failed");
  });

  test("sent no HTTP request", () => {
    expect(noData({ iterations: { count: 5, rate: 1 } })).toBe("k6 counted no HTTP request");
    expect(noData({ http_reqs: { count: 0, rate: 0 }, http_req_duration: zeros })).toBe("k6 counted no HTTP request");
  });
});

describe("a tagged endpoint", () => {
  const tagged = (metrics: Metrics) => {
    const result = run({ ...total, ...metrics });
    return { ...result, measurements: result.measurements.filter(({ endpoint }) => endpoint !== "*") };
  };

  test("has its own latencies, and its own rates only where k6 wrote them", () => {
    expect(values(tagged({ "http_req_duration{name:/a}": trend }))).toEqual({
      "/a latency_mean": 0.02,
      "/a latency_p50": 0.018,
      "/a latency_p90": 0.03,
      "/a latency_p95": 0.04,
      "/a latency_p99": 0.05,
      "/a latency_max": 0.09,
    });
    const rates = { "http_reqs{name:/a}": { count: 200, rate: 10 }, "http_req_failed{name:/a}": { rate: 0.25, passes: 50, fails: 150 } };
    expect(values(tagged(rates))).toEqual({ "/a throughput": 10, "/a error_rate": 0.25 });
  });

  test("its percentiles need enough of its own requests", () => {
    const result = tagged({ "http_req_duration{name:/a}": { ...trend, count: 60 } });
    expect(Object.keys(values(result))).toEqual([
      "/a latency_mean",
      "/a latency_p50",
      "/a latency_p90",
      "/a latency_p95",
      "/a latency_max",
    ]);
    expect(result.problems.map(sentence)).toEqual(["/a: 60 requests are too few for latency_p99"]);
  });

  test("whose threshold saw no request is warned about and not measured", () => {
    const result = tagged({
      "http_req_duration{name:/typo}": zeros,
      "http_reqs{name:/typo}": { count: 0, rate: 0 },
      "http_req_failed{name:/typo}": { rate: 0, passes: 0, fails: 0 },
    });
    expect(values(result)).toEqual({});
    expect(codes(result)).toEqual(["vacuous-threshold"]);
    expect(sentence(result.problems[0]!)).toContain("/typo: k6 saw no such request");
  });

  test("with a vacuous count alone is warned about as well", () => {
    expect(codes(tagged({ "http_reqs{name:/typo}": { count: 0, rate: 0 } }))).toEqual(["vacuous-threshold"]);
  });

  test("all of whose requests failed keeps its error rate and loses its latencies", () => {
    const result = tagged({ "http_req_duration{name:/a}": trend, "http_req_failed{name:/a}": { rate: 1, passes: 30, fails: 0 } });
    expect(values(result)).toEqual({ "/a error_rate": 1 });
    expect(codes(result)).toEqual(["no-success"]);
  });
});
