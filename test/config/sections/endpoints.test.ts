import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

const endpoints = (yaml: string) => configOf(`endpoints:\n${yaml}`).endpoints;

describe("endpoints", () => {
  it("reads every limit into SI units and keeps what the file says", () => {
    const limits =
      "{ latency_p50: 50ms, latency_p95: 0.1s, latency_p99: 100ms, latency_p99_9: 1s, throughput_min: 1000rps, error_rate_max: 1% }";
    expect(endpoints(`  /a: ${limits}`)).toEqual([
      {
        pattern: "/a",
        strict: false,
        limits: [
          { metric: "latency_p50", limit: 0.05, unit: "s", text: "50ms" },
          { metric: "latency_p95", limit: 0.1, unit: "s", text: "0.1s" },
          { metric: "latency_p99", limit: 0.1, unit: "s", text: "100ms" },
          { metric: "latency_p99_9", limit: 1, unit: "s", text: "1s" },
          { metric: "throughput_min", limit: 1000, unit: "1/s", text: "1000rps" },
          { metric: "error_rate_max", limit: 0.01, unit: "1", text: "1%" },
        ],
      },
    ]);
  });

  it.each([
    "/",
    "/api/users/{id}",
    "GET /api/users/:id",
    "*",
    "POST *",
    "/files/[name]/*",
    "https://example.com/api?page=1",
    "login flow",
    "service:cart",
  ])("takes the endpoint %s", (pattern) => {
    expect(endpoints(`  "${pattern}": { latency_p99: 1s }`)[0]?.pattern).toBe(pattern);
  });

  it.each(["api/users", "get /api", "GET  /api", "/a b", "GET", "ftp://example.com/"])("refuses the endpoint %s", (pattern) => {
    expect(problemsOf(`endpoints:\n  "${pattern}": { latency_p99: 1s }`)).toEqual([
      `2: ${pattern} is not accepted as a key here (column 3); write a path such as /api/products or GET /api/users/{id}, the name of a scenario or tag, or *`,
    ]);
  });

  it("reads limits on counts apart from those that a load test answers", () => {
    expect(endpoints("  GET /orders: { queries_max: 12, queries_increase_max: 0, latency_p99: 1s }")).toMatchObject([
      {
        limits: [{ metric: "latency_p99" }],
        counts: [
          { metric: "queries_max", limit: 12 },
          { metric: "queries_increase_max", limit: 0 },
        ],
      },
    ]);
    expect(endpoints("  lists orders: { queries_max: 0 }")).toEqual([
      { pattern: "lists orders", strict: false, limits: [], counts: [{ metric: "queries_max", limit: 0 }] },
    ]);
  });

  it.each(["-1", "1.5", "1000001", "'12'", "10%"])("refuses %s as a number of queries", (written) => {
    expect(problemsOf(`endpoints:\n  /a: { queries_max: ${written} }`)[0]).toContain("write a whole number from 0 to 1000000");
  });

  it("accepts an error rate as a plain share, and of nothing at all", () => {
    expect(endpoints("  /a: { error_rate_max: 0.01 }")[0]?.limits[0]).toEqual({
      metric: "error_rate_max",
      limit: 0.01,
      unit: "1",
      text: "0.01",
    });
    expect(endpoints("  /a: { error_rate_max: 0% }")[0]?.limits[0]?.limit).toBe(0);
  });

  it("keeps strict beside the limits, and asks for at least one of them", () => {
    expect(endpoints("  /a: { latency_p99: 1s, strict: true }")[0]).toMatchObject({ strict: true, limits: [{ metric: "latency_p99" }] });
    expect(problemsOf("endpoints:\n  /a: { strict: true }")[0]).toMatch(
      /^2: \/a: a group of keys has no limit .*write at least one limit: latency_p50/u,
    );
  });

  it("reads shares of the baseline and of the oldest runs", () => {
    const [budget] = endpoints("  /a: { latency_mean: 1s, relative: { latency_p90: 10%, throughput: 0.05 }, creep: { latency_max: 50% } }");
    expect(budget?.limits).toEqual([
      { metric: "latency_mean", limit: 1, unit: "s", text: "1s" },
      { metric: "latency_p90", basis: "relative", limit: 0.1, unit: "s", text: "10%" },
      { metric: "throughput_min", basis: "relative", limit: 0.05, unit: "1/s", text: "0.05" },
      { metric: "latency_max", basis: "creep", limit: 0.5, unit: "s", text: "50%" },
    ]);
    expect(problemsOf("endpoints:\n  /a: { relative: { error_rate: 10% } }")[0]).toContain("unknown key error_rate");
  });

  it.each([
    ["latency_p99: 100", "latency_p99: 100 is a number without a unit (column 9); write 100ms"],
    ["latency_p99: 0ms", "latency_p99: 0ms is zero (column 9); write more than zero"],
    ["latency_p99: 100rps", "latency_p99: 100rps is not a duration (column 9); write a duration such as 200ms or 1.5s"],
    ["throughput_min: 1000", "throughput_min: 1000 is a number without a unit (column 9); write 1000rps"],
    ["error_rate_max: 101%", "error_rate_max: 101% is too much (column 9); write at most 100%"],
    [
      "latency_p9: 100ms",
      "unknown key latency_p9, did you mean latency_p99? (column 9); known here: latency_p50, latency_p90, latency_p95, latency_p99, latency_p99_9, latency_mean, latency_max, throughput_min, error_rate_max, queries_max, queries_increase_max, relative, creep, strict",
    ],
  ])("refuses %s", (limit, problem) => expect(problemsOf(`endpoints:\n  /a: { ${limit} }`)[0]).toBe(`2: ${problem}`));
});
