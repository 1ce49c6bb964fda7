import { readFileSync } from "node:fs";
import type { Artifacts } from "../github-double/client.mjs";

const recorded = (name: string): unknown => JSON.parse(readFileSync(new URL(`../demo/results/${name}`, import.meta.url), "utf8"));

interface Autocannon {
  readonly latency: object;
  readonly requests: object;
}

interface PytestBenchmark {
  readonly benchmarks: readonly { readonly stats: Readonly<Record<string, number | string>> }[];
}

/** What autocannon printed for /api/checkout, with another p99 (ms) and throughput (requests per second). */
export function loadTest({ p99 = 50, rps = 500, url = "http://127.0.0.1:8000/api/checkout" } = {}): string {
  const run = recorded("base/run-12/autocannon-checkout.json") as Autocannon;
  const latency = { ...run.latency, p50: p99 / 2, p97_5: p99, p99, p99_9: p99 };
  return JSON.stringify({ ...run, url, latency, requests: { ...run.requests, average: rps } });
}

/** What pytest-benchmark wrote, with every time multiplied by this factor. */
function benchmarks(factor = 1): string {
  const report = recorded("base/run-01/pytest-benchmark.json") as PytestBenchmark;
  const times = new Set(["min", "max", "mean", "stddev", "median", "iqr", "q1", "q3"]);
  const scaled = (stats: PytestBenchmark["benchmarks"][number]["stats"]) =>
    Object.fromEntries(
      Object.entries(stats).map(([name, value]) => [name, times.has(name) && typeof value === "number" ? value * factor : value]),
    );
  return JSON.stringify({ ...report, benchmarks: report.benchmarks.map((one) => ({ ...one, stats: scaled(one.stats) })) });
}

/** An artifact of the load test. */
export const loadArtifact = (figures: Parameters<typeof loadTest>[0] = {}): Artifacts => ({
  "redline-load-test": { "autocannon.json": loadTest(figures) },
});

/** An artifact of the benchmarks. */
export const benchmarkArtifact = (factor = 1): Artifacts => ({ "benchmark-results": { "pytest-benchmark.json": benchmarks(factor) } });
