import { describe, expect, it } from "vitest";
import type { BudgetResult } from "../../../src/model/judgement.js";
import { plain } from "../../../src/model/text.js";
import { endpointOverBudget } from "../../../src/rules/budgets/endpoint-over-budget.js";
import { budgetResult } from "../judged.js";

const check = (...parts: readonly Partial<BudgetResult>[]) => endpointOverBudget.check({ budgets: parts.map(budgetResult) }, {});
const unmeasured = { decision: "no-data", actual: null, values: [], headroom: null } as const;

describe("budgets/endpoint-over-budget", () => {
  it("blocks on an exceeded latency and gives the figures", () => {
    const [finding] = check({ decision: "fail", actual: 0.2 });
    expect(finding).toMatchObject({ severity: "blocking", measured: { actual: 0.2, limit: 0.1, unit: "s" } });
    expect(plain(finding!.message)).toBe("Budget exceeded: /api/checkout latency_p99: as the runs say");
  });

  it("blocks on a throughput below its budget", () => {
    expect(check({ decision: "fail", metric: "throughput_min", unit: "1/s", limit: 1000, actual: 600 })).toMatchObject([
      { severity: "blocking", measured: { actual: 600, limit: 1000, unit: "1/s" } },
    ]);
  });

  it("blocks on an error rate over its budget", () => {
    expect(check({ decision: "fail", metric: "error_rate_max", unit: "1", limit: 0, actual: 0.01 })).toMatchObject([
      { severity: "blocking" },
    ]);
  });

  it("blocks when the results of this head lack the figure, and shows none", () => {
    const [finding] = check({ ...unmeasured, absence: "no-metric" });
    expect(finding).toMatchObject({ severity: "blocking" });
    expect(finding).not.toHaveProperty("measured");
    expect(plain(finding!.message)).toContain("Budget not measured: /api/checkout");
  });

  it("warns of a budget at risk and asks for the load test to run again", () => {
    const [finding] = check({ decision: "at-risk", actual: 0.11 });
    expect(finding).toMatchObject({ severity: "warning", measured: { actual: 0.11 } });
    expect(plain(finding!.help)).toContain("Run the load test again");
  });

  it("reports each limit of an endpoint that is exceeded", () => {
    expect(check({ decision: "fail" }, {}, { decision: "at-risk", metric: "latency_p50" })).toHaveLength(2);
  });

  it.each<Partial<BudgetResult>>([
    {},
    { metric: "throughput_min", unit: "1/s", limit: 10, actual: 20 },
    { actual: 0.1, headroom: 0 },
    { metric: "error_rate_max", unit: "1", limit: 0, actual: 0 },
    { values: [0.2, 0.08, 0.07] },
    { ...unmeasured, absence: "no-artifact" },
  ])("is silent about a limit that holds, and about a head that nothing measured: %j", (parts) => {
    expect(check(parts)).toEqual([]);
  });
});
