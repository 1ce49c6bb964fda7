import { describe, expect, it } from "vitest";
import type { Comparison } from "../../../src/model/judgement.js";
import { plain, text } from "../../../src/model/text.js";
import { benchmarkMissing } from "../../../src/rules/budgets/benchmark-missing.js";
import { comparison } from "../judged.js";

const check = (...parts: readonly Partial<Comparison>[]) => benchmarkMissing.check({ comparisons: parts.map(comparison) }, {});
const gone = { decision: "missing", candidate: null, change: null, mode: null, runs: 0 } as const;

describe("budgets/benchmark-missing", () => {
  it("warns of a benchmark that is gone", () => {
    expect(check(gone)).toMatchObject([{ severity: "warning" }]);
  });

  it("warns of a load test's figure that is gone", () => {
    const [finding] = check({ ...gone, benchmark: "GET /api/checkout", metric: "latency_p99" });
    expect(plain(finding!.message)).toBe("GET /api/checkout (latency_p99) was not measured at this head: as the runs say");
  });

  it("warns of each that is gone", () => {
    expect(check(gone, { benchmark: "test_other" }, { ...gone, metric: "throughput" })).toHaveLength(2);
  });

  it("is silent about one figure of a benchmark that is still measured, such as a tail of too few requests", () => {
    expect(check({ ...gone, metric: "latency_p99_9" }, { metric: "latency_p99" })).toEqual([]);
  });

  it("passes the hint at a rename on", () => {
    const [finding] = check({ ...gone, reason: text`the baseline has it; possibly renamed to ${"test_sum"}` });
    expect(finding!.message).toContainEqual({ foreign: "test_sum" });
  });

  it("says what to write for a renamed and for a removed benchmark", () => {
    const [finding] = check(gone);
    expect(plain(finding!.help)).toMatch(/benchmarks\.aliases.*benchmarks\.ignore/);
  });

  it.each<Comparison["decision"]>(["regression", "improvement", "no-change", "inconclusive", "new", "incomparable", "no-baseline"])(
    "is silent about %s",
    (decision) => {
      expect(check({ decision })).toEqual([]);
    },
  );
});
