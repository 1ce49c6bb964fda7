import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlanNode } from "../../../src/model/plan.js";
import { plain } from "../../../src/model/text.js";
import { readPlan } from "../../../src/sql/plan/read.js";
import { recorded, recordedPlan, shop } from "./plans.js";

const types = (node: PlanNode): readonly unknown[] => [node.type, ...node.children.map(types)];
const unreadable = (json: unknown): string => {
  const read = readPlan(json, shop);
  return "unreadable" in read ? plain(read.unreadable) : "a plan";
};

describe("a plan of PostgreSQL", () => {
  it("is read with its relation, condition, rows and cost", () => {
    expect(recordedPlan("seq-scan")).toEqual({
      type: "Seq Scan",
      relation: { schema: "public", name: "orders" },
      alias: "orders",
      index: null,
      details: [{ label: "Filter", value: "(status = $1)" }],
      rows: 150,
      cost: 6250,
      role: null,
      children: [],
    });
  });

  it("names its nodes as EXPLAIN prints them", () => {
    expect(types(recordedPlan("hash-join"))).toEqual(["HashAggregate", ["Hash Right Join", ["Seq Scan"], ["Hash", ["Seq Scan"]]]]);
    expect(types(recordedPlan("update"))).toEqual(["Update", ["Seq Scan"]]);
    expect(types(recordedPlan("order-limit-filter"))).toEqual(["Limit", ["Index Scan Backward"]]);
  });

  it("keeps the roles of sub-plans and the lists of sort keys", () => {
    expect(recordedPlan("subplan").children.map(({ role }) => role)).toEqual(["SubPlan 1", "SubPlan 2"]);
    expect(recordedPlan("order-limit-sort").children[0]?.details).toEqual([{ label: "Sort Key", value: "created_at DESC" }]);
  });

  it("takes the schema of VERBOSE before the catalogue's", () => {
    const read = readPlan([{ Plan: { "Node Type": "Seq Scan", "Relation Name": "orders", Schema: "shop", "Total Cost": 1 } }], shop);
    expect("plan" in read && read.plan.relation).toEqual({ schema: "shop", name: "orders" });
  });

  it("finds the only schema that has a table of that name", () => {
    const [orders] = shop.relations.filter(({ name }) => name === "orders");
    const elsewhere = { relations: orders ? [{ ...orders, schema: "sales" }] : [] };
    const read = readPlan(recorded["seq-scan"], elsewhere);
    expect("plan" in read && read.plan.relation?.schema).toBe("sales");
  });
});

describe("what is no plan", () => {
  it.each([null, 5, "x", [], {}, [{}], [{ Plan: [] }], [{ Plan: { "Node Type": "Seq Scan" } }], [{ Plan: { "Total Cost": 1 } }]])(
    "is refused: %j",
    (json) => {
      expect(unreadable(json)).toBe("the planner's answer is no plan");
    },
  );

  it("is one that is too deep or too wide", () => {
    const leaf = { "Node Type": "Result", "Total Cost": 1 };
    let deep: object = leaf;
    for (let level = 0; level < 500; level += 1) deep = { ...leaf, Plans: [deep] };
    expect(unreadable([{ Plan: deep }])).toContain("200 levels");
    expect(unreadable([{ Plan: { ...leaf, Plans: Array.from({ length: 3_000 }, () => leaf) } }])).toContain("2000 nodes");
  });

  it("never shows a node's name that is no name", () => {
    const read = readPlan([{ Plan: { "Node Type": "<img src=x>", "Total Cost": 1 } }], shop);
    expect("plan" in read && read.plan.type).toBe("Unknown");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (part) => {
        readPlan(part, shop);
        readPlan([{ Plan: { "Node Type": "Seq Scan", "Total Cost": part, "Plan Rows": part, Plans: part, Filter: part } }], shop);
      }),
    );
  });
});
