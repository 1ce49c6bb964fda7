import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare as compareAll } from "../../src/evidence/comparisons.js";
import { seriesKey } from "../../src/model/evidence.js";
import type { Measurement } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { absent, baseline, budget, config, load, results, time } from "./facts.js";

type Given = Parameters<typeof compareAll>;
const compare = (results: Given[0], baseline: Given[1], config: Given[2]) =>
  compareAll(results, baseline, config, { mergeBase: "m" }).comparisons;

const STEADY = [100, 101, 99, 100, 100.5, 99.5, 100, 101, 99, 100, 100.2, 99.8];
const history = (values: readonly number[] = STEADY, measurement: Measurement = time(100)) => new Map([[seriesKey(measurement), values]]);
const runs = (...values: readonly number[]) => results(...values.map((value) => [time(value)]));
const withHistory = baseline([time(100)], { history: history() });

const one = (...given: Parameters<typeof compare>) => {
  const comparisons = compare(...given);
  expect(comparisons).toHaveLength(1);
  return { ...comparisons[0]!, reason: plain(comparisons[0]!.reason) };
};

describe("comparing with a baseline", () => {
  it("blocks on three runs that are all over the history by more than the blocking effect", () => {
    expect(one(runs(120, 121, 119), withHistory, config())).toMatchObject({
      benchmark: "test_shop.py::test_total",
      mode: "B",
      decision: "regression",
      blocks: true,
      baseline: 100,
      candidate: 120,
      change: expect.closeTo(0.2, 12),
      runs: 3,
      history: 13,
    });
  });

  it("reports a regression below the blocking effect without blocking", () => {
    const comparison = one(runs(107, 108, 107), withHistory, config());
    expect(comparison).toMatchObject({ decision: "regression", blocks: false });
    expect(comparison.reason).toContain("below the blocking limit of 10 %");
  });

  it("suspects a first look over the history and says how many runs would tell", () => {
    const comparison = one(runs(120), withHistory, config());
    expect(comparison).toMatchObject({ mode: "B", decision: "inconclusive", doubt: "suspect", blocks: false, runs: 1 });
    expect(comparison.reason).toContain("run it 2 more times on this head");
  });

  it("knows that a rate is better when it is higher", () => {
    const rate = (value: number) => load("/api", "throughput", value);
    const stored = baseline([rate(100)], { history: history(STEADY, rate(100)) });
    expect(one(results([rate(80)], [rate(79)], [rate(81)]), stored, config())).toMatchObject({
      decision: "regression",
      blocks: true,
      change: expect.closeTo(-0.2, 12),
    });
    expect(one(results([rate(120)], [rate(121)], [rate(119)]), stored, config())).toMatchObject({ decision: "improvement" });
  });

  it("has no evidence either way with one stored value, and never blocks on it", () => {
    const comparison = one(runs(110), baseline([time(100)]), config());
    expect(comparison).toMatchObject({
      mode: "C",
      decision: "inconclusive",
      doubt: "no-evidence",
      history: 1,
      visible: 0.25,
      blocks: false,
    });
    expect(comparison.reason).toContain("the default branch has 1 of the 10 runs");
  });

  it("suspects what is twice as slow in minimum and median, with nine runs on the default branch and three of the head", () => {
    const slow = results(...[200, 201, 202].map((value) => [time(value, { typical: value + 10 })]));
    const stored = baseline([time(100, { typical: 105 })], { history: history(STEADY.slice(0, 8)) });
    expect(one(slow, stored, config())).toMatchObject({ mode: "C", decision: "inconclusive", doubt: "suspect", history: 9, blocks: false });
  });

  it("does not suspect when only the minimum is slower", () => {
    const slow = results([time(200, { typical: 210 })]);
    expect(one(slow, baseline([time(100, { typical: 205 })]), config()).doubt).toBe("no-evidence");
  });

  it("only screens when the machine differs, and names what differs", () => {
    const environment = { cpu: "A", cores: 2, os: "Linux" };
    const stored = baseline([time(100)], { history: history(), environment });
    const head = results(...[120, 121, 119].map((value) => ({ measurements: [time(value)], environment: { ...environment, cpu: "B" } })));
    const comparison = one(head, stored, config());
    expect(comparison).toMatchObject({ mode: "C", decision: "inconclusive", blocks: false });
    expect(comparison.reason).toContain("another machine (cpu)");
  });

  it("does not take an unknown machine for another one", () => {
    const stored = baseline([time(100)], { history: history(), environment: { cpu: "A" } });
    expect(one(runs(120, 121, 119), stored, config()).blocks).toBe(true);
  });

  it("does not blame the pull request for what the merge base already has", () => {
    const comparison = one(runs(120, 121, 119), baseline([time(119)], { history: history() }), config());
    expect(comparison).toMatchObject({ decision: "inconclusive", doubt: "noise-floor", blocks: false });
    expect(comparison.reason).toContain("so is the merge base");
  });

  it("cannot see a change below two of the tool's steps", () => {
    const p99 = (value: number) => load("/api", "latency_p99", value, { resolution: 0.001 });
    const flat = baseline([p99(0.01)], { history: history(Array(12).fill(0.01), p99(0.01)) });
    const below = one(results([p99(0.011)], [p99(0.011)], [p99(0.011)]), flat, config());
    expect(below).toMatchObject({ decision: "inconclusive", doubt: "noise-floor" });
    expect(below.reason).toContain("steps of 1 ms");
    expect(one(results([p99(0.013)], [p99(0.013)], [p99(0.013)]), flat, config()).decision).toBe("regression");
    expect(one(results([p99(0.01)]), flat, config()).decision).toBe("no-change");
  });

  it("gives no ratio for a value of 0 (A07)", () => {
    const zero = load("/api", "latency_p99", 0, { resolution: 0.001 });
    expect(one(results([zero]), baseline([zero]), config())).toMatchObject({
      decision: "inconclusive",
      doubt: "noise-floor",
      change: null,
    });
    expect(one(runs(0), baseline([time(1)]), config())).toMatchObject({ decision: "incomparable", candidate: 0, change: null });
  });

  it("lists new and missing benchmarks (A07)", () => {
    const head = results([time(1, { benchmark: "suite::encode_jpeg" })]);
    const comparisons = compare(head, baseline([time(2, { benchmark: "parse" })]), config());
    expect(comparisons.map(({ benchmark, decision }) => [benchmark, decision])).toEqual([
      ["suite::encode_jpeg", "new"],
      ["parse", "missing"],
    ]);
    expect(comparisons[1]).toMatchObject({ baseline: 2, candidate: null, runs: 0 });
  });

  it("hints at a rename without comparing, when one missing and one new look alike (A07)", () => {
    const head = results([time(9, { benchmark: "test_shop.py::test_total_price" })]);
    const comparisons = compare(head, baseline([time(1)]), config());
    const remedy = 'possibly renamed: put "test_shop.py::test_total_price": "test_shop.py::test_total" under benchmarks.aliases';
    expect(comparisons.map((each) => [each.decision, each.alias, plain(each.reason)])).toEqual([
      ["new", "test_shop.py::test_total", expect.stringContaining("possibly renamed from test_shop.py::test_total")],
      ["missing", "test_shop.py::test_total_price", expect.stringContaining(remedy)],
    ]);
  });

  it("compares a renamed benchmark under its alias, with the history of its old name", () => {
    const benchmark = "test_cart.py::test_sum";
    const head = results(...[120, 121, 119].map((value) => [time(value, { benchmark })]));
    const aliases = { [benchmark]: "test_shop.py::test_total" };
    expect(one(head, withHistory, config({ benchmarks: { aliases } }))).toMatchObject({ benchmark, decision: "regression", history: 13 });
  });

  it("leaves out what the configuration ignores, on both sides", () => {
    const ignore = [{ name: "test_shop.py::test_total", reason: "flaky disk" }];
    expect(compare(runs(1), baseline([time(1)]), config({ benchmarks: { ignore } }))).toEqual([]);
    expect(compare(results([time(1, { benchmark: "x" })]), baseline([time(1)]), config({ benchmarks: { ignore } }))).toHaveLength(1);
  });

  it.each([
    ["the unit differs", time(1), time(1, { unit: "1/s" }), "unit differs"],
    ["the direction differs", time(1), time(1, { better: "higher" }), "direction differs"],
    ["the statistic differs", time(1), time(1, { statistic: "mean" }), "statistic differs"],
    ["the unit is unknown", time(1, { unit: "unknown" }), time(1, { unit: "unknown" }), "not known"],
    ["the direction is unknown", time(1, { better: "unknown" }), time(1, { better: "unknown" }), "not known"],
  ])("calls it incomparable when %s", (_, head, stored, reason) => {
    const comparison = one(results([head]), baseline([stored]), config());
    expect(comparison).toMatchObject({ decision: "incomparable", mode: null, change: null, blocks: false });
    expect(comparison.reason).toContain(reason);
  });

  it("does not average a name that stands twice in one file", () => {
    const comparison = one(results([time(1), time(3)]), baseline([time(1)]), config());
    expect(comparison.decision).toBe("incomparable");
    expect(comparison.reason).toContain("twice in run-1.json");
  });

  it("says why there is no baseline, for every series", () => {
    const comparison = one(runs(5, 7, 6), absent, config());
    expect(comparison).toMatchObject({ decision: "no-baseline", candidate: 6, runs: 3, reason: "no artifact of this head" });
  });

  it("takes nothing from a run that proves nothing (A07)", () => {
    const failed = { measurements: [time(900)], noData: ["no request succeeded"] };
    expect(compare(results(failed), withHistory, config())).toEqual([]);
    expect(one(results([time(100)], failed), withHistory, config())).toMatchObject({ runs: 1, candidate: 100 });
  });

  it("compares times, rates and sizes, not shares, and of counts only those that repeat exactly", () => {
    const share = time(1, { unit: "1", metric: "error_rate" });
    const size = time(1, { unit: "B", metric: "memory" });
    const count = time(12, { unit: "1", metric: "allocations", deterministic: true });
    expect(compare(results([share]), baseline([share]), config())).toEqual([]);
    expect(one(results([size]), baseline([size]), config())).toMatchObject({ mode: "C" });
    expect(one(results([count]), baseline([count]), config())).toMatchObject({ mode: "D", decision: "no-change" });
  });

  it("takes every further count for real, from 0 too, and a smaller one for an improvement", () => {
    const allocations = (value: number) => time(value, { unit: "1", metric: "allocations", statistic: "value", deterministic: true });
    const judged = (before: number, now: number) => one(results([allocations(now)]), baseline([allocations(before)]), config());
    expect(judged(12, 13)).toMatchObject({
      mode: "D",
      decision: "regression",
      blocks: false,
      change: expect.closeTo(1 / 12, 12),
      visible: 0,
    });
    expect(judged(12, 14)).toMatchObject({
      decision: "regression",
      blocks: true,
      reason: "an exact count; past the blocking limit of 10 %",
    });
    expect(judged(0, 1)).toMatchObject({ decision: "regression", blocks: true, change: null, baseline: 0, candidate: 1 });
    expect(judged(12, 11)).toMatchObject({ decision: "improvement", blocks: false });
  });

  it("tolerates 1 % of an exact size", () => {
    const bytes = (value: number) => time(value, { unit: "B", metric: "memory", statistic: "value", deterministic: true });
    expect(one(results([bytes(1009)]), baseline([bytes(1000)]), config()).decision).toBe("no-change");
    expect(one(results([bytes(1011)]), baseline([bytes(1000)]), config()).decision).toBe("regression");
  });

  it("never blocks on a count from another machine, and says so", () => {
    const count = (value: number) => time(value, { unit: "1", metric: "instructions", deterministic: true });
    const head = results({ measurements: [count(200)], environment: { arch: "arm64" } });
    const comparison = one(head, baseline([count(100)], { environment: { arch: "x64" } }), config());
    expect(comparison).toMatchObject({ mode: "D", decision: "regression", blocks: false });
    expect(comparison.reason).toContain("another machine (arch)");
  });

  it("carries at most thirty values of the default branch, the baseline's own last", () => {
    const long = Array.from({ length: 40 }, (_, index) => 100 + index / 100);
    const { trend } = one(runs(100), baseline([time(99)], { history: history(long) }), config());
    expect(trend).toHaveLength(30);
    expect(trend.at(-1)).toBe(99);
  });

  it("leaves out the latencies of an endpoint whose requests failed too often, unless failures are allowed", () => {
    const run = { measurements: [load("/a", "latency_p99", 0.1), load("/b", "latency_p99", 0.1), load("/a", "error_rate", 0.02)] };
    const names = (settings: ReturnType<typeof config>) => compare(results(run), baseline([]), settings).map(({ benchmark }) => benchmark);
    expect(names(config())).toEqual(["/b"]);
    expect(names(config({ endpoints: [budget("/a", { error_rate_max: 0.05 })] }))).toEqual(["/a", "/b"]);
  });

  it("compares a few statistics of a load test, and every one of a benchmark", () => {
    const all = [load("/a", "latency_mean", 1, { statistic: "mean" }), load("/a", "latency_p95", 1, { statistic: "p95" }), time(1)];
    expect(compare(results(all), baseline([]), config()).map(({ metric }) => metric)).toEqual(["latency_p95", "time"]);
  });

  it("finds no difference between a file and itself", () => {
    const series = fc.record({ name: fc.string(), value: fc.double({ noNaN: true, min: 1e-9, max: 1e9 }) });
    fc.assert(
      fc.property(fc.uniqueArray(series, { minLength: 1, selector: ({ name }) => name }), (all) => {
        const measurements = all.map(({ name, value }) => time(value, { benchmark: name }));
        for (const comparison of compare(results(measurements), baseline(measurements), config())) {
          expect(comparison).toMatchObject({ decision: "inconclusive", doubt: "no-evidence", change: 0 });
        }
      }),
    );
  });
});
