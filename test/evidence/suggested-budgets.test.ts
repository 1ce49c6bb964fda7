import { describe, expect, it } from "vitest";
import { suggestBudgets } from "../../src/evidence/suggested-budgets.js";
import { configOf } from "../config/reading.js";
import { load, results, time } from "./facts.js";

const run = (factor: number) => [
  load("GET /a", "latency_p99", 0.1 * factor),
  load("GET /a", "throughput", 1000 / factor),
  load("GET /a", "error_rate", 0),
  load("GET /a", "latency_p50", 0.01),
  time(2e-5 * factor, { benchmark: 'test["x"]' }),
];

describe("suggested budgets", () => {
  it("are a configuration that says what it rests on", () => {
    const yaml = suggestBudgets(results(run(1), run(1.02), run(0.99), run(1.01), run(1)));
    expect(yaml).toBe(`endpoints:
  "GET /a":
    latency_p99: 120ms # median 100 ms of 5 runs, noise 1.486 %
    throughput_min: 830/s # median 1,000/s of 5 runs, noise 1.486 %
    error_rate_max: 1% # at most 0 % in 5 runs
benchmarks:
  budgets:
    "test[\\"x\\"]":
      time: 24us # median 20 µs of 5 runs, noise 1.486 %
`);
    const config = configOf(yaml);
    expect(config.endpoints[0]).toMatchObject({ pattern: "GET /a", limits: [{ limit: 0.12 }, { limit: 830 }, { limit: 0.01 }] });
    expect(config.benchmarks.budgets[0]).toMatchObject({ pattern: 'test["x"]', limits: [{ metric: "time", limit: 2.4e-5 }] });
  });

  it("say that few runs do not show the noise, and leave out names that no configuration accepts", () => {
    expect(suggestBudgets(results([load("/a", "latency_p95", 0.1)]))).toContain("of 1 run, too few to know the noise");
    expect(suggestBudgets(results([load("/a\n/b", "latency_p95", 0.1), time(0, {})]))).toBe("");
  });
});
