import { describe, expect, it } from "vitest";
import { budgetFigure, budgetReason, noMetric } from "../../src/evidence/budget-reasons.js";
import { plain } from "../../src/model/text.js";
import { judgeBudget } from "../../src/statistics/budget.js";

describe("the reason of a budget", () => {
  it("shows an error rate as a share and everything else as a quantity", () => {
    expect(budgetFigure("error_rate_max", 0.0125, "1")).toEqual(["1.25 %"]);
    expect(budgetFigure("latency_p99", 0.0125, "s")).toEqual(["12.5 ms"]);
    expect(budgetFigure("throughput_min", 1250, "1/s")).toEqual(["1,250/s"]);
  });

  it("leaves out what is left of a limit of 0", () => {
    const limit = { metric: "error_rate_max", limit: 0, unit: "1", text: "0" } as const;
    const values = [0.01];
    const judgement = judgeBudget({ kind: "at-most", limit: 0, values, strict: false });
    expect(plain(budgetReason(judgement, limit, "at-most", values))).toBe(
      "1 % against at most 0 %: exceeded by more than half, which fails without a rerun",
    );
  });

  it("tells a result without the endpoint from one without the figure", () => {
    expect(plain(noMetric("latency_p95", 1, 1).reason)).toContain("does not give the p95 latency");
    expect(plain(noMetric("latency_p95", 4, 0).reason)).toBe("none of the 4 result files measures it");
  });
});
