import { describe, expect, it } from "vitest";
import { betterOf, isCountable, isRatio, locationOf, thresholdsOf } from "../../src/evidence/judgeable.js";
import { plain } from "../../src/model/text.js";
import { config, time } from "./facts.js";

const told = (parts: Parameters<typeof time>[1], directions = {}) => {
  const better = betterOf(time(1, parts), config({ benchmarks: { directions } }).benchmarks);
  return typeof better === "string" ? better : plain(better);
};

describe("which way is better", () => {
  it("is what the unit tells, whatever the configuration says", () => {
    expect(told({ better: "higher" }, { time: "lower" })).toBe("higher");
  });

  it("is what the configuration says of a metric that does not tell", () => {
    const hits = { metric: "cache_hits", unit: "unknown", better: "unknown" } as const;
    expect(told(hits, { cache_hits: "higher" })).toBe("higher");
    expect(told(hits)).toContain("say which way cache_hits is better under benchmarks.directions");
    expect(told({ ...hits, metric: "constructor" })).toContain("neither is guessed");
  });

  it("is not known of an unknown unit that nobody configured", () => {
    expect(told({ unit: "unknown", better: "lower" })).toContain("not known");
    expect(told({ unit: "unknown", better: "lower" }, { time: "lower" })).toBe("lower");
  });
});

describe("thresholds", () => {
  const { benchmarks } = config({
    benchmarks: {
      thresholds: [
        { name: "test_parse*", minEffect: 0.02, blockEffect: 0.05 },
        { name: "test_io", minEffect: 0.3 },
      ],
    },
  });
  const of = (benchmark: string) => thresholdsOf({ benchmark }, benchmarks);

  it("are the benchmark's own where the configuration has them, else the general ones", () => {
    expect(of("test_parse[large]")).toEqual({ minEffect: 0.02, blockEffect: 0.05 });
    expect(of("test_sum")).toEqual({ minEffect: 0.05, blockEffect: 0.1 });
  });

  it("never block on a change that does not count", () => {
    expect(of("test_io")).toEqual({ minEffect: 0.3, blockEffect: 0.3 });
  });
});

it("a process is judged by its best round unless the configuration says otherwise, for all benchmarks or for some", () => {
  const of = (benchmark: string, benchmarks: Parameters<typeof config>[0]) => locationOf({ benchmark }, config(benchmarks).benchmarks);
  expect(of("a", {})).toBe("min");
  expect(of("a", { benchmarks: { statistic: "typical" } })).toBe("p25");
  const some = {
    benchmarks: {
      thresholds: [
        { name: "a*", statistic: "typical" },
        { name: "ab", statistic: "min" },
      ],
    },
  } as const;
  expect([of("ab", some), of("b", some)]).toEqual(["p25", "min"]);
});

it("a ratio needs figures above 0, a count none below", () => {
  expect([1, 0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(isRatio)).toEqual([true, false, false, false, false]);
  expect([1, 0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(isCountable)).toEqual([true, true, false, false, false]);
});
