import { describe, expect, it } from "vitest";
import { checkBudgets } from "../../src/evidence/budgets.js";
import { seriesKey } from "../../src/model/evidence.js";
import type { Measurement } from "../../src/model/measurement.js";
import { plain, text } from "../../src/model/text.js";
import { absent, baseline, budget, collected, config, load, results, time } from "./facts.js";

const CHECKOUT = "/api/checkout";
const p99 = (value: number, endpoint = CHECKOUT) => load(endpoint, "latency_p99", value);
const checkout = config({ endpoints: [budget(CHECKOUT, { latency_p99: 0.1 })] });

const check = (given: ReturnType<typeof results>, settings = checkout) =>
  checkBudgets(collected(given), absent, settings).map((result) => ({ ...result, reason: plain(result.reason) }));
const one = (...given: Parameters<typeof check>) => {
  const all = check(...given);
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe("budgets", () => {
  it("pass with headroom and say it in readable units", () => {
    expect(one(results([p99(0.075)]))).toEqual({
      endpoint: CHECKOUT,
      metric: "latency_p99",
      unit: "s",
      limit: 0.1,
      actual: 0.075,
      values: [0.075],
      headroom: expect.closeTo(0.25, 12),
      decision: "pass",
      reason: "75 ms against at most 100 ms, 25.0 % of it left, median of 1 run",
    });
  });

  it("fail when all of three runs exceed the limit, in run order", () => {
    expect(one(results([p99(0.12)], [p99(0.11)], [p99(0.13)]))).toMatchObject({
      decision: "fail",
      actual: 0.12,
      values: [0.12, 0.11, 0.13],
      reason: "120 ms against at most 100 ms: all 3 runs exceed it (120 ms, 110 ms, 130 ms)",
    });
  });

  it("are at risk after one run over, and ask for the others", () => {
    expect(one(results([p99(0.12)]))).toMatchObject({
      decision: "at-risk",
      reason: "120 ms against at most 100 ms: exceeded in 1 run of 3; run it again on this head",
    });
  });

  it("are at risk when the median is over but not every run", () => {
    expect(one(results([p99(0.12)], [p99(0.09)], [p99(0.13)]))).toMatchObject({
      decision: "at-risk",
      reason: "120 ms against at most 100 ms: the median of 3 runs exceeds it, but not every run does (120 ms, 90 ms, 130 ms)",
    });
  });

  it("fail at once when exceeded by more than half, or when strict", () => {
    expect(one(results([p99(0.2)]))).toMatchObject({ decision: "fail", reason: expect.stringContaining("by more than half") });
    const strict = config({ endpoints: [budget(CHECKOUT, { latency_p99: 0.1 }, true)] });
    expect(one(results([p99(0.101)]), strict)).toMatchObject({
      decision: "fail",
      reason: expect.stringContaining("this budget is strict"),
    });
  });

  it("hold a throughput from below and an error rate from above", () => {
    const settings = config({ endpoints: [budget(CHECKOUT, { throughput_min: 1000, error_rate_max: 0.01 })] });
    const good = results([load(CHECKOUT, "throughput", 1234), load(CHECKOUT, "error_rate", 0.005)]);
    expect(check(good, settings).map(({ decision, reason }) => [decision, reason])).toEqual([
      ["pass", "1,234/s against at least 1,000/s, 23.4 % of it left, median of 1 run"],
      ["pass", "0.5 % against at most 1 %, 50.0 % of it left, median of 1 run"],
    ]);
    const slow = results([load(CHECKOUT, "throughput", 600), load(CHECKOUT, "error_rate", 0.005)]);
    expect(check(slow, settings).map(({ decision }) => decision)).toEqual(["fail", "pass"]);
    const failing = results([load(CHECKOUT, "throughput", 6000), load(CHECKOUT, "error_rate", 0.02)]);
    expect(check(failing, settings).map(({ decision }) => decision)).toEqual(["no-data", "fail"]);
  });

  it("are found by path: origin, method, query and parameters do not matter", () => {
    const settings = config({ endpoints: [budget("/api/users/{id}", { latency_p99: 0.1 })] });
    expect(one(results([p99(0.05, "GET http://localhost:3000/api/users/42?full=1")]), settings).decision).toBe("pass");
  });

  it("take the worst where one pattern covers several endpoints", () => {
    const settings = config({ endpoints: [budget("/api/users/:id", { latency_p99: 0.1, throughput_min: 10 })] });
    const run = results([
      ...[p99(0.05, "/api/users/1"), p99(0.2, "/api/users/2")],
      ...[load("/api/users/1", "throughput", 40), load("/api/users/2", "throughput", 30)],
    ]);
    expect(check(run, settings).map(({ actual }) => actual)).toEqual([0.2, 30]);
  });

  it("leave an endpoint with a budget of its own out of a wider pattern", () => {
    const endpoints = [budget("/api/:page", { latency_p99: 0.1 }), budget(CHECKOUT, { latency_p99: 0.5 })];
    const run = results([p99(0.4), p99(0.05, "/api/home")]);
    expect(check(run, config({ endpoints })).map(({ values, decision }) => [values, decision])).toEqual([
      [[0.05], "pass"],
      [[0.4], "pass"],
    ]);
  });

  it("named * take the run's total, or the only endpoint of a file", () => {
    const settings = config({ endpoints: [budget("*", { latency_p99: 0.1 })] });
    expect(one(results([p99(0.05, "*"), p99(9)]), settings).values).toEqual([0.05]);
    expect(one(results([p99(0.07)]), settings).values).toEqual([0.07]);
    expect(one(results([p99(0.07), p99(0.08, "/api/home")]), settings)).toMatchObject({ decision: "no-data", absence: "no-metric" });
  });

  it("say which results lack the endpoint or the figure, and never pass", () => {
    const lacking = { decision: "no-data", absence: "no-metric", actual: null, headroom: null, values: [] };
    expect(one(results([p99(1, "/other")]))).toMatchObject({ ...lacking, reason: "the one result file does not measure it" });
    expect(one(results([p99(1, "/else")], [p99(1, "/other")]))).toMatchObject({
      ...lacking,
      reason: "none of the 2 result files measures it",
    });
    expect(one(results([load(CHECKOUT, "latency_p95", 0.01)]))).toMatchObject({
      ...lacking,
      reason: "a load test measured this endpoint, but its result does not give the p99 latency",
    });
  });

  it("tell an unmeasured head from a result without the figure", () => {
    const [missing] = checkBudgets(absent, absent, checkout);
    expect(missing).toMatchObject({ decision: "no-data", absence: "no-artifact", reason: absent.reason });
    expect(one(results())).toMatchObject({ decision: "no-data", absence: "no-artifact" });
    expect(one(results([time(1)]))).toMatchObject({ absence: "no-artifact", reason: "no load-test result of this head has arrived" });
  });

  it("have no data when the run that measured them proves nothing", () => {
    const noData = text`none of the 500 requests succeeded`;
    expect(one(results({ noData }))).toMatchObject({
      decision: "no-data",
      absence: "no-metric",
      reason: "run-1.json: none of the 500 requests succeeded",
    });
    expect(one(results([p99(0.01)], { measurements: [p99(0.001)], noData }))).toMatchObject({ decision: "no-data", values: [] });
  });

  it("are judged on their own runs when another endpoint's run proves nothing", () => {
    expect(one(results([p99(0.01)], { noData: text`server down` })).decision).toBe("pass");
    expect(one(results([p99(0.01)], { measurements: [p99(1, "/other")], noData: text`server down` })).decision).toBe("pass");
  });

  it("ignore figures that are no numbers", () => {
    expect(one(results([p99(Number.NaN)]))).toMatchObject({ decision: "no-data", absence: "no-metric" });
  });

  it("come in the order of the configuration, one result for each limit", () => {
    const endpoints = [budget("/b", { latency_p50: 1, latency_p99_9: 2 }), budget("/a", { latency_p95: 3 })];
    expect(check(results(), config({ endpoints })).map(({ endpoint, metric }) => `${endpoint} ${metric}`)).toEqual([
      "/b latency_p50",
      "/b latency_p99_9",
      "/a latency_p95",
    ]);
    expect(check(results([p99(1)]), config())).toEqual([]);
  });

  describe("on the change", () => {
    const relative = (basis: "relative" | "creep", share: number, metric: "latency_p99" | "throughput_min" = "latency_p99") =>
      config({
        endpoints: [
          {
            pattern: CHECKOUT,
            strict: false,
            limits: [{ metric, basis, limit: share, unit: metric === "latency_p99" ? "s" : "1/s", text: "" }],
          },
        ],
      });
    const against = (head: readonly Measurement[], settings: ReturnType<typeof config>, past: ReturnType<typeof baseline>) =>
      checkBudgets(collected(results(head, head, head)), past, settings).map((result) => ({ ...result, reason: plain(result.reason) }))[0]!;

    it("are held against the baseline, three runs long", () => {
      const past = baseline([p99(0.1)]);
      expect(against([p99(0.115)], relative("relative", 0.1), past)).toMatchObject({
        decision: "fail",
        basis: "relative",
        baseline: 0.1,
        limit: expect.closeTo(0.11, 12),
        reason: "115 ms against at most 110 ms, 10 % worse than the baseline with 100 ms: all 3 runs exceed it (115 ms, 115 ms, 115 ms)",
      });
      expect(against([p99(0.109)], relative("relative", 0.1), past).decision).toBe("pass");
    });

    it("let a throughput drop by the same ratio as a time may rise", () => {
      const past = baseline([load(CHECKOUT, "throughput", 1100)]);
      expect(against([load(CHECKOUT, "throughput", 1001)], relative("relative", 0.1, "throughput_min"), past).decision).toBe("pass");
      expect(against([load(CHECKOUT, "throughput", 999)], relative("relative", 0.1, "throughput_min"), past).decision).toBe("fail");
    });

    it("are not judged without a baseline of the same machine, and do not fail for it", () => {
      const none = against([p99(1)], relative("relative", 0.1), baseline([]));
      expect(none).toMatchObject({ decision: "no-data", absence: "no-baseline", reason: "the baseline does not have it" });
      const elsewhere = baseline([p99(0.1)], { environment: { cpu: "B" } });
      const head = { measurements: [p99(1)], environment: { cpu: "A" } };
      const [found] = checkBudgets(collected(results(head)), elsewhere, relative("relative", 0.1));
      expect(plain(found!.reason)).toBe("the baseline was measured on another machine");
    });

    it("say how many runs are missing until the oldest ones can be compared with", () => {
      const known = baseline([p99(0.1)], { history: new Map([[seriesKey(p99(0.1)), [0.1, 0.1]]]) });
      expect(against([p99(0.1)], relative("creep", 0.1), known).reason).toBe(
        "3 of the 20 runs of the default branch that would show where it came from",
      );
    });
  });

  it("say when the limit lies within the noise of the history", () => {
    const history = Array.from({ length: 20 }, (_, run) => 0.095 + (run % 5) * 0.004);
    const past = baseline([p99(0.1)], { history: new Map([[seriesKey(p99(0.1)), history]]) });
    const [found] = checkBudgets(collected(results([p99(0.09)])), past, checkout);
    expect(found).toMatchObject({ decision: "pass", inNoise: true });
    expect(plain(found!.reason)).toContain("the limit lies within the noise of the history");
    const [far] = checkBudgets(collected(results([p99(0.09)])), past, config({ endpoints: [budget(CHECKOUT, { latency_p99: 0.2 })] }));
    expect(far).not.toHaveProperty("inNoise");
  });
});
