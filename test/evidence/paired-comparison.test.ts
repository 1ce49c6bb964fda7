import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/evidence/comparisons.js";
import { seriesKey } from "../../src/model/evidence.js";
import type { PairedSeries } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { absent, baseline, config, results, time } from "./facts.js";

const commits = { mergeBase: "m0", ancestors: ["m0", "m1", "m2"] };
const NAME = time(1).benchmark;
const BASE = [1, 1.01, 0.99, 1.005, 0.995];
const times = (factor: number): readonly (readonly number[])[] => BASE.map((value) => [value * factor * 1.04, value * factor]);
const series = (factor: number, parts: Partial<PairedSeries> = {}): PairedSeries => ({
  benchmark: NAME,
  metric: "time",
  unit: "s",
  better: "lower",
  base: times(1),
  head: times(factor),
  ...parts,
});
const bundle = (all: readonly PairedSeries[], base = "m0") => results({ paired: { base, head: "h", series: all } });
const judged = (all: readonly PairedSeries[], base?: string, benchmarks = {}) =>
  compare(bundle(all, base), absent, config({ benchmarks }), commits).comparisons.map((each) => ({ ...each, reason: plain(each.reason) }));
const one = (...given: Parameters<typeof judged>) => judged(...given)[0]!;

describe("base and head measured in turn", () => {
  it("blocks on a regression that is beyond noise and past the blocking effect, without any stored baseline", () => {
    expect(one([series(1.2)])).toMatchObject({
      mode: "A",
      decision: "regression",
      blocks: true,
      baseline: expect.closeTo(1, 6),
      candidate: expect.closeTo(1.2, 6),
      change: expect.closeTo(0.2, 6),
      interval: [expect.closeTo(0.186, 2), expect.closeTo(0.214, 2)],
      noise: expect.closeTo(0.008, 2),
      runs: 5,
      baselineRuns: 5,
      history: 0,
      reason: "beyond noise; past the blocking limit of 10 %",
    });
  });

  it("reports a smaller one without blocking, an improvement, and no change", () => {
    expect(one([series(1.07)])).toMatchObject({ decision: "regression", blocks: false });
    expect(one([series(0.8)])).toMatchObject({ decision: "improvement", blocks: false });
    expect(one([series(1)])).toMatchObject({ decision: "no-change", blocks: false });
  });

  it("decides nothing with fewer than three processes a side", () => {
    const few = series(2, { base: times(1).slice(0, 2), head: times(2).slice(0, 2) });
    expect(one([few])).toMatchObject({ decision: "inconclusive", need: 3, runs: 2, p: null, interval: null, blocks: false });
  });

  it("knows that a rate is better when it is higher", () => {
    const rate = { unit: "1/s", better: "higher", metric: "throughput" } as const;
    expect(one([series(0.8, rate)])).toMatchObject({ decision: "regression", blocks: true, change: expect.closeTo(-0.2, 6) });
    expect(one([series(1.25, rate)]).decision).toBe("improvement");
  });

  it("names an ancestor that was measured instead of the merge base, and still blocks", () => {
    const comparison = one([series(1.2)], "m2");
    expect(comparison.blocks).toBe(true);
    expect(comparison.reason).toContain("measured against m2, 2 commits before the merge base");
  });

  it("never blocks against a commit that is none of its ancestors", () => {
    const comparison = one([series(3)], "stranger");
    expect(comparison).toMatchObject({ decision: "regression", blocks: false });
    expect(comparison.reason).toContain("not the merge base nor a known ancestor");
  });

  it("does not block what is past the limit but among many benchmarks may be chance", () => {
    const wide = [1, 1.1, 1.2].map((value) => [value]);
    const shaky = series(1, { benchmark: "shaky", base: wide, head: wide.map(([value = 0]) => [value * 1.33]) });
    expect(one([shaky])).toMatchObject({ decision: "regression", blocks: true });
    const quiet = Array.from({ length: 60 }, (_, index) => series(1, { benchmark: `b${index}` }));
    const comparison = judged([...quiet, shaky]).find(({ benchmark }) => benchmark === "shaky");
    expect(comparison).toMatchObject({ decision: "regression", blocks: false });
    expect(comparison?.reason).toContain("by chance");
  });

  it("compares counts exactly", () => {
    const count = { metric: "allocations", unit: "1", deterministic: true, base: [[10], [10], [10]] } as const;
    expect(one([series(1, { ...count, head: [[12], [12], [12]] })])).toMatchObject({ mode: "D", decision: "regression", blocks: true });
    expect(one([series(1, { ...count, head: [[10], [10], [10]] })])).toMatchObject({ mode: "D", decision: "no-change" });
    expect(one([series(1, { ...count, head: [[10], [12], [10]] })])).toMatchObject({ decision: "inconclusive" });
  });

  it("leaves shares of failures to budgets, whatever they are", () => {
    const rate = { metric: "error_rate", unit: "1" } as const;
    const none = [[0], [0], [0]];
    expect(judged([series(1, { ...rate, base: none, head: none }), series(1, { ...rate, benchmark: "b" })])).toEqual([]);
  });

  it("sees no change in a size that is 0 on both sides", () => {
    const none = [[0], [0], [0]];
    const comparison = one([series(1, { metric: "heap", unit: "B", base: none, head: none })]);
    expect(comparison).toMatchObject({ decision: "no-change", mode: "A", change: 0, baseline: 0, candidate: 0, blocks: false });
    expect(comparison.reason).toBe("0 in every process of both sides");
  });

  it("sees nothing in a difference of less than two steps of the tool", () => {
    const each = (value: number) => [[value], [value], [value]];
    const coarse = (head: number, resolution = 0.001) => one([series(1, { base: each(0.01), head: each(head), resolution })]);
    const below = { decision: "inconclusive", doubt: "noise-floor", mode: null, blocks: false };
    expect(coarse(0.011)).toMatchObject({
      ...below,
      candidate: expect.closeTo(0.011, 9),
      reason: "below the tool's resolution: it counts in steps of 1 ms",
    });
    expect(coarse(0.012)).toMatchObject({ decision: "regression", blocks: true });
    expect(coarse(0.011, 0.0001)).toMatchObject({ decision: "regression" });
    expect(coarse(0.01001, 0.00001)).toMatchObject({ decision: "no-change" });
    expect(coarse(0)).toMatchObject({ ...below, candidate: 0, change: null });
  });

  it("lists what only one side has, and hints at a rename", () => {
    const lone = [series(1, { benchmark: "test_parse_all", head: [] }), series(1, { benchmark: "test_parse_any", base: [] })];
    expect(judged(lone)).toMatchObject([
      { benchmark: "test_parse_any", decision: "new", alias: "test_parse_all", candidate: expect.any(Number), baseline: null },
      { benchmark: "test_parse_all", decision: "missing", alias: "test_parse_any", candidate: null },
    ]);
  });

  it("compares a renamed benchmark under its alias", () => {
    const renamed = [series(1, { benchmark: "old", head: [] }), series(1.2, { benchmark: "now", base: [] })];
    expect(judged(renamed, "m0", { aliases: { now: "old" } })).toMatchObject([{ benchmark: "now", decision: "regression", blocks: true }]);
  });

  it.each([
    ["a value of 0", series(1, { head: [[0], [1], [1]] }), "not above 0"],
    ["a size of 0 on one side", series(1, { unit: "B", head: [[0], [0], [0]] }), "not above 0"],
    ["a time of 0 on both sides", series(1, { base: [[0], [0], [0]], head: [[0], [0], [0]] }), "not above 0"],
    ["a process without a round", series(1, { head: [[], [1], [1]] }), "not above 0"],
    ["an unknown unit", series(1, { unit: "unknown" }), "not known"],
    ["an unknown direction", series(1, { better: "unknown" }), "not known"],
  ])("calls it incomparable with %s", (_, given, reason) => {
    const comparison = one([given]);
    expect(comparison).toMatchObject({ decision: "incomparable", mode: null, blocks: false });
    expect(comparison.reason).toContain(reason);
  });

  it("takes the typical round instead of the best one where the configuration says so, also for one benchmark alone", () => {
    const lucky = (best: number) => BASE.map((value) => [best * value, value, value, value, value * 1.01, value * 1.02, value * 1.03]);
    const given = series(1, { base: lucky(1), head: lucky(0.7) });
    expect(one([given])).toMatchObject({ decision: "inconclusive", reason: expect.stringContaining("may be luck") });
    const typical = { decision: "no-change", change: expect.closeTo(0, 9) };
    expect(one([given], "m0", { statistic: "typical" })).toMatchObject(typical);
    expect(one([given], "m0", { thresholds: [{ name: "test_shop*", statistic: "typical" }] })).toMatchObject(typical);
    const back = { statistic: "typical", thresholds: [{ name: "test_shop*", statistic: "min" }] } as const;
    expect(one([given], "m0", back).decision).toBe("inconclusive");
  });

  it("leaves out what the configuration ignores", () => {
    expect(judged([series(2)], "m0", { ignore: [{ name: NAME, reason: "flaky disk", until: null }] })).toEqual([]);
  });

  it("finds no regression between processes and themselves", () => {
    const processes = fc.array(fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(processes, (side) => {
        const comparison = one([series(1, { base: side, head: side })]);
        expect(["no-change", "inconclusive"]).toContain(comparison.decision);
        expect(comparison).toMatchObject({ blocks: false, change: expect.closeTo(0, 9) });
      }),
    );
  });
});

describe("beside a stored baseline", () => {
  const steady = [100, 101, 99, 100, 100.5, 99.5, 100, 101, 99, 100, 100.2, 99.8];
  const stored = baseline([time(100)], { history: new Map([[seriesKey(time(1)), steady]]) });
  const both = (factor: number, base: string) =>
    compare(
      { files: [...results(...[130, 131, 129].map((value) => [time(value)])).files, ...bundle([series(factor)], base).files] },
      stored,
      config(),
      commits,
    ).comparisons;

  it("what was measured in turn decides, and keeps the history as its trend", () => {
    expect(both(1, "m0")).toMatchObject([{ mode: "A", decision: "no-change", trend: [...steady, 100] }]);
  });

  it("a foreign base does not outdo ten runs of history", () => {
    expect(both(1, "stranger")).toMatchObject([{ mode: "B", decision: "regression", blocks: true }]);
  });
});

describe("what all benchmarks did together", () => {
  const suite = (factor: number) => Array.from({ length: 5 }, (_, index) => series(factor * (1 + index / 100), { benchmark: `b${index}` }));
  const shift = (factor: number) => compare(bundle(suite(factor)), absent, config(), commits).shift;

  it("is announced when nearly all moved the same way", () => {
    expect(shift(1.2)).toMatchObject({ count: 5, announced: true, change: expect.closeTo(0.224, 2) });
  });

  it("is no news when they hardly moved", () => {
    expect(shift(1)).toMatchObject({ count: 5, announced: false });
  });

  it("counts each benchmark once, however many percentiles it has", () => {
    const all = ["latency_p50", "latency_p90", "latency_p99"].map((metric) => series(1.5, { metric }));
    expect(compare(bundle(all), absent, config(), commits).shift).toBeNull();
  });
});
