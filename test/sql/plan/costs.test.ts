import { describe, expect, it } from "vitest";
import { changedNodes, costChange, isRegression, nodesOf, worstNode } from "../../../src/sql/plan/costs.js";
import { plan, recordedPlan } from "./plans.js";

const scan = (relation: string, cost: number, rows: number, more: object = {}) => ({
  "Node Type": "Seq Scan",
  "Relation Name": relation,
  "Total Cost": cost,
  "Plan Rows": rows,
  ...more,
});

describe("the cost of two plans", () => {
  it("is compared as a ratio", () => {
    const change = costChange(recordedPlan("index-scan"), recordedPlan("seq-scan"), false);
    expect(change).toMatchObject({ before: 485.61, after: 6250, belowLimit: false });
    expect(change.ratio).toBeCloseTo(12.87, 2);
    expect(isRegression(change)).toBe(true);
  });

  it("is no regression where the dearer plan is still cheap", () => {
    expect(isRegression(costChange(plan([{ Plan: scan("orders", 1, 1) }]), plan([{ Plan: scan("orders", 999, 1) }]), false))).toBe(false);
  });

  it("is no regression below ten times", () => {
    expect(isRegression(costChange(recordedPlan("seq-scan"), recordedPlan("join-unindexed"), false))).toBe(false);
  });

  it("is finite where the plan before cost nothing", () => {
    expect(costChange(plan([{ Plan: scan("orders", 0, 1) }]), recordedPlan("seq-scan"), false).ratio).toBe(625_000);
  });
});

const limited = (child: object, cost: number) =>
  plan([{ Plan: { "Node Type": "Limit", "Total Cost": cost, "Plan Rows": 10, Plans: [child] } }]);

describe("LIMIT below ORDER BY", () => {
  const good = limited(scan("orders", 500, 100), 50);
  const walking = limited(scan("orders", 50_000, 100, { Filter: "(status = $1)" }), 185);

  it("does not hide that rows are read until enough of them match", () => {
    expect(costChange(good, walking, true)).toMatchObject({ before: 500, after: 50_000, ratio: 100, belowLimit: true });
  });

  it("does so without ORDER BY, where any rows will do", () => {
    expect(costChange(good, walking, false)).toMatchObject({ before: 50, after: 185, belowLimit: false });
  });

  it("counts as it stands where every row that is read is returned", () => {
    expect(costChange(good, limited(scan("orders", 50_000, 100), 60), true)).toMatchObject({ after: 60, belowLimit: false });
  });
});

describe("the worst node", () => {
  it.each([
    ["seq-scan", "Seq Scan", "orders"],
    ["join-unindexed", "Seq Scan", "items"],
    ["nested-loop", "Index Scan", "items"],
    ["hash-join", "Seq Scan", "orders"],
    ["subplan", "Seq Scan", "items"],
    ["update", "Seq Scan", "orders"],
  ])("of %s is the %s on %s", (name, type, table) => {
    const worst = worstNode(recordedPlan(name));
    expect([worst.type, worst.relation?.name]).toEqual([type, table]);
  });

  it("is the sort where sorting costs most", () => {
    const sort = plan([{ Plan: { "Node Type": "Sort", "Total Cost": 90_000, "Plan Rows": 1e6, Plans: [scan("orders", 20_000, 1e6)] } }]);
    expect(worstNode(sort).type).toBe("Sort");
  });
});

describe("changed nodes", () => {
  it("are those without a counterpart, dearest first", () => {
    expect(changedNodes(recordedPlan("join-indexed"), recordedPlan("join-unindexed")).map(({ type }) => type)).toEqual(["Seq Scan"]);
  });

  it("are none between equal plans", () => {
    expect(changedNodes(recordedPlan("subplan"), recordedPlan("subplan"))).toEqual([]);
  });

  it("are looked for in the whole plan", () => {
    expect(nodesOf(recordedPlan("hash-join"))).toHaveLength(5);
  });
});
