import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/evidence/comparisons.js";
import { seriesKey } from "../../src/model/evidence.js";
import type { Measurement } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { absent, baseline, config, load, results, time } from "./facts.js";

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
    expect(comparison.reason).toContain("below the blocking limit of +10.0 %");
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
    expect(comparison.reason).toContain("1 of the 10 runs of the default branch");
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

  it("gives no ratio for a value of 0", () => {
    const zero = load("/api", "latency_p99", 0, { resolution: 0.001 });
    expect(one(results([zero]), baseline([zero]), config())).toMatchObject({
      decision: "inconclusive",
      doubt: "noise-floor",
      change: null,
    });
    expect(one(runs(0), baseline([time(1)]), config())).toMatchObject({ decision: "incomparable", candidate: 0, change: null });
  });

  it("lists new and missing benchmarks", () => {
    const head = results([time(1, { benchmark: "suite::encode_jpeg" })]);
    const comparisons = compare(head, baseline([time(2, { benchmark: "parse" })]), config());
    expect(comparisons.map(({ benchmark, decision }) => [benchmark, decision])).toEqual([
      ["suite::encode_jpeg", "new"],
      ["parse", "missing"],
    ]);
    expect(comparisons[1]).toMatchObject({ baseline: 2, candidate: null, runs: 0 });
  });

  it("hints at a rename without comparing, when one missing and one new look alike", () => {
    const head = results([time(9, { benchmark: "test_shop.py::test_total_price" })]);
    const comparisons = compare(head, baseline([time(1)]), config());
    expect(comparisons.map((each) => [each.decision, plain(each.reason)])).toEqual([
      ["new", expect.stringContaining("possibly renamed from test_shop.py::test_total: say so under benchmarks.aliases")],
      ["missing", expect.stringContaining("possibly renamed to test_shop.py::test_total_price")],
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
    [
      "the unit differs",
      time(1),
      load("x", "time", 1, { benchmark: "test_shop.py::test_total", statistic: "min", unit: "1/s" }),
      "unit differs",
    ],
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

  it("takes nothing from a run that proves nothing", () => {
    const failed = { measurements: [time(900)], noData: ["no request succeeded"] };
    expect(compare(results(failed), withHistory, config())).toEqual([]);
    expect(one(results([time(100)], failed), withHistory, config())).toMatchObject({ runs: 1, candidate: 100 });
  });

  it("compares times and rates, not counts, shares and sizes", () => {
    const others = [time(1, { unit: "1", metric: "error_rate" }), time(1, { unit: "B", metric: "memory" })];
    expect(compare(results(others), baseline(others), config())).toEqual([]);
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
