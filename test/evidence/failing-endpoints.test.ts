import { describe, expect, it } from "vitest";
import { checkBudgets } from "../../src/evidence/budgets.js";
import { failingEndpoints, failingProblems, withoutFailing } from "../../src/evidence/failing-endpoints.js";
import { plain } from "../../src/model/text.js";
import { absent, budget, collected, config, load, results, time } from "./facts.js";

const run = (share: number) => ({
  format: "k6-summary",
  measurements: [load("/a", "latency_p99", 0.05), load("/a", "error_rate", share), time(1)],
  problems: [],
});

describe("an endpoint whose requests fail", () => {
  it("is believed up to one in a hundred, or up to its own budget of errors", () => {
    expect(failingEndpoints(run(0.01), config())).toEqual([]);
    expect(failingEndpoints(run(0.011), config())).toEqual([{ endpoint: "/a", share: 0.011, most: 0.01 }]);
    expect(failingEndpoints(run(0.04), config({ endpoints: [budget("/a", { error_rate_max: 0.05 })] }))).toEqual([]);
    expect(failingEndpoints(run(0.002), config({ endpoints: [budget("/a", { error_rate_max: 0.001 })] }))).toHaveLength(1);
  });

  it("is judged by the run's share where it has none of its own", () => {
    const shared = { ...run(0), measurements: [load("/a", "latency_p99", 0.05)], load: { requests: 100, failed: 40, errorRate: 0.4 } };
    expect(failingEndpoints(shared, config())[0]?.share).toBe(0.4);
  });

  it("keeps its error rate and loses every other figure", () => {
    expect(withoutFailing(run(0.5), config()).measurements.map(({ metric }) => metric)).toEqual(["error_rate", "time"]);
    const [problem, ...others] = failingProblems(results(run(0.5)), config());
    expect(others).toEqual([]);
    expect(plain(problem!.message)).toBe(
      "50 % of the requests to /a failed, more than 1 %: its latencies and rates are not compared, and keep no budget",
    );
  });

  it("never keeps a latency budget, however fast its failures are", () => {
    const settings = config({ endpoints: [budget("/a", { latency_p99: 0.1, error_rate_max: 0.3 })] });
    expect(checkBudgets(collected(results(run(0.5))), absent, settings).map(({ metric, decision }) => [metric, decision])).toEqual([
      ["latency_p99", "no-data"],
      ["error_rate_max", "fail"],
    ]);
  });
});
