import { describe, expect, it } from "vitest";
import type { BenchmarkBudget } from "../../src/config/config.js";
import { checkBenchmarkBudgets } from "../../src/evidence/benchmark-budgets.js";
import { seriesKey } from "../../src/model/evidence.js";
import { plain } from "../../src/model/text.js";
import { absent, baseline, collected, config, results, time } from "./facts.js";

const limit = (pattern: string, metric: string, value: number, unit: "s" | "1" | "B" = "s"): BenchmarkBudget => ({
  pattern,
  limits: [{ metric, limit: value, unit, text: String(value) }],
});
const check = (
  given: ReturnType<typeof results>,
  benchmarks: Parameters<typeof config>[0] & object,
  past = absent as ReturnType<typeof baseline>,
) => checkBenchmarkBudgets(collected(given), past, config(benchmarks)).map((one) => ({ ...one, reason: plain(one.reason) }));
const named = (value: number, benchmark: string, parts = {}) => time(value, { benchmark, ...parts });

describe("budgets of benchmarks", () => {
  it("hold every benchmark of the name, each against its own runs", () => {
    const settings = { benchmarks: { budgets: [limit("test_*", "time", 0.01)] } };
    const found = check(results([named(0.008, "test_a"), named(0.02, "test_b"), named(9, "other")]), settings);
    expect(found.map(({ endpoint, decision, scope }) => [endpoint, decision, scope])).toEqual([
      ["test_a", "pass", "benchmark"],
      ["test_b", "fail", "benchmark"],
    ]);
    expect(found[0]?.reason).toBe("8 ms against at most 10 ms, 20.0 % of it left, median of 1 run");
  });

  it("fail at once for a count that repeats exactly, and ask for reruns of a time", () => {
    const counted = named(121, "test_a", { metric: "allocations", unit: "1", deterministic: true });
    expect(check(results([counted]), { benchmarks: { budgets: [limit("test_a", "allocations", 120, "1")] } })[0]?.decision).toBe("fail");
    expect(check(results([named(0.011, "test_a")]), { benchmarks: { budgets: [limit("test_a", "time", 0.01)] } })[0]).toMatchObject({
      decision: "at-risk",
      reason: "11 ms against at most 10 ms: exceeded in 1 run of 3; run it again on this head",
    });
  });

  it("never pass without data, and tell nothing at all from a name that does not fit", () => {
    const settings = { benchmarks: { budgets: [limit("test_z", "time", 0.01)] } };
    expect(checkBenchmarkBudgets(absent, absent, config(settings))[0]).toMatchObject({ decision: "no-data", absence: "no-artifact" });
    expect(check(results([named(1, "test_a")]), settings)[0]).toMatchObject({
      endpoint: "test_z",
      decision: "no-data",
      absence: "no-metric",
    });
    expect(check(results([named(1, "test_z", { unit: "B" })]), settings)[0]?.reason).toBe("it is measured in another unit than the limit");
  });

  it("ask for the direction of a metric that does not tell it", () => {
    const hits = named(5, "cache", { metric: "hits", unit: "1", better: "unknown" });
    const budgets = [limit("cache", "hits", 10, "1")];
    expect(check(results([hits]), { benchmarks: { budgets } })[0]).toMatchObject({ decision: "no-data", absence: "no-metric" });
    expect(check(results([hits]), { benchmarks: { budgets, directions: { hits: "higher" } } })[0]?.decision).toBe("fail");
  });

  it("leave ignored benchmarks alone", () => {
    const benchmarks = { budgets: [limit("*", "time", 0.01)], ignore: [{ name: "test_a*", reason: "weather" }] };
    expect(check(results([named(9, "test_ab"), named(0.001, "test_c")]), { benchmarks }).map(({ endpoint }) => endpoint)).toEqual([
      "test_c",
    ]);
  });

  it("see what many small steps add up to, once twenty runs are known", () => {
    const history = Array.from({ length: 24 }, (_, run) => 0.01 * 1.01 ** run);
    const last = named(history.at(-1) ?? 0, "test_a");
    const past = (from: number) => baseline([last], { history: new Map([[seriesKey(last), history.slice(from, -1)]]) });
    const head = results([named(0.0128, "test_a")], [named(0.0128, "test_a")], [named(0.0128, "test_a")]);
    const [found] = check(head, { benchmarks: { creep: 0.2 } }, past(0));
    expect(found).toMatchObject({ decision: "fail", basis: "creep", metric: "time" });
    expect(found?.reason).toContain("20 % worse than the oldest known runs with 10.46 ms: all 3 runs exceed it");
    expect(check(head, { benchmarks: { creep: 0.3 } }, past(0))[0]?.decision).toBe("pass");
    expect(check(head, { benchmarks: { creep: 0.2 } }, past(10))).toEqual([]);
  });
});
