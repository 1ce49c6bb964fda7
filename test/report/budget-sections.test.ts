import { expect, test } from "vitest";
import type { BudgetResult } from "../../src/model/judgement.js";
import { plain, text } from "../../src/model/text.js";
import { budgetsMet, budgetsNotMeasured, budgetsOver } from "../../src/report/budget-sections.js";
import type { Section } from "../../src/report/section.js";

const budget = (endpoint: string, change: Partial<BudgetResult>): BudgetResult => ({
  endpoint,
  metric: "latency_p99",
  unit: "s",
  limit: 0.1,
  actual: 0.12,
  values: [0.12],
  headroom: -0.2,
  decision: "fail",
  reason: text`because`,
  ...change,
});

const endpoints = (section: Section): readonly string[] => section.rows.map((row) => plain(row[0]!));

test("what is over its limit comes worst first, then what lacks data, then what is at risk", () => {
  const over = budgetsOver([
    budget("/risk", { decision: "at-risk", headroom: -0.9 }),
    budget("/near", { headroom: -0.1 }),
    budget("/pass", { decision: "pass", headroom: 0.3 }),
    budget("/lacks", { decision: "no-data", absence: "no-metric", actual: null, headroom: null }),
    budget("/far", { headroom: -0.7 }),
    budget("/zero", { headroom: null }),
    budget("/none", { decision: "no-data", absence: "no-artifact", actual: null, headroom: null }),
  ]);
  expect(endpoints(over)).toEqual(["/zero", "/far", "/near", "/lacks", "/risk"]);
  expect(plain(over.title)).toBe("Budgets exceeded");
});

test("without a failure the title does not claim one", () => {
  expect(plain(budgetsOver([budget("/risk", { decision: "at-risk" })]).title)).toBe("Budgets at risk");
  expect(plain(budgetsOver([budget("/none", { decision: "no-data", absence: "no-metric" })]).title)).toBe("Budgets without a figure");
});

test("a row says limit, actual, headroom, runs and result", () => {
  expect(budgetsOver([budget("/a", { values: [0.12, 0.13, 0.11] })]).rows[0]!.map(plain)).toEqual([
    "/a",
    "latency_p99",
    "100 ms",
    "120 ms",
    "-20.0 %",
    "3",
    "❌ over",
  ]);
});

test("limits of which this head has no measurement are listed apart, folded, with the reason", () => {
  const missing = budgetsNotMeasured([budget("/a", { decision: "no-data", absence: "no-artifact" }), budget("/b", {})]);
  expect(missing.rows.map((row) => row.map(plain))).toEqual([["/a", "latency_p99", "100 ms", "because"]]);
  expect(plain(missing.title)).toBe("1 limit not measured");
  expect(missing.folded).toBe(true);
});

test("kept limits come with the least headroom first", () => {
  const pass = (endpoint: string, headroom: number) => budget(endpoint, { decision: "pass", headroom });
  expect(endpoints(budgetsMet([pass("/wide", 0.9), pass("/tight", 0.01), budget("/over", {})]))).toEqual(["/tight", "/wide"]);
});
