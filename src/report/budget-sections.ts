import type { BudgetDecision, BudgetResult } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import { amount, count, ratio } from "./phrases.js";
import type { Section } from "./section.js";

const urgency: Readonly<Record<BudgetDecision, number>> = { fail: 0, "no-data": 1, "at-risk": 2, pass: 3 };

const marks: Readonly<Record<BudgetDecision, Text>> = {
  fail: ["❌ over"],
  "no-data": ["❌ no data"],
  "at-risk": ["⚠️ at risk"],
  pass: ["✅ within"],
};

const byHeadroom = (one: BudgetResult, other: BudgetResult): number =>
  urgency[one.decision] - urgency[other.decision] ||
  (one.headroom ?? Number.NEGATIVE_INFINITY) - (other.headroom ?? Number.NEGATIVE_INFINITY);

const header: readonly Text[] = [["Endpoint"], ["Metric"], ["Limit"], ["Actual"], ["Headroom"], ["Runs"], ["Result"]];

const named = ({ metric, basis }: BudgetResult): Text => text`${metric}${basis ? text` (${[basis]})` : []}`;

const mark = ({ decision, inNoise }: BudgetResult): Text =>
  inNoise && decision === "pass" ? ["⚠️ within, but the limit lies within the noise"] : marks[decision];

const row = (budget: BudgetResult): readonly Text[] => [
  text`${budget.endpoint}`,
  named(budget),
  amount(budget.limit, budget.unit, budget.metric),
  amount(budget.actual, budget.unit, budget.metric),
  ratio(budget.headroom),
  [String(budget.values.length)],
  mark(budget),
];

const notMeasured = ({ decision, absence }: BudgetResult): boolean => decision === "no-data" && absence !== "no-metric";

/** Without a baseline a relative limit is the share itself. */
const limitOf = ({ basis, limit, unit, metric }: BudgetResult): Text => (basis ? ratio(limit) : amount(limit, unit, metric));

const attention = (budget: BudgetResult): boolean => budget.decision !== "pass" && !notMeasured(budget);

function titleOf(budgets: readonly BudgetResult[]): Text {
  if (budgets.some(({ decision }) => decision === "fail")) return ["Budgets exceeded"];
  return budgets.some(({ decision }) => decision === "at-risk") ? ["Budgets at risk"] : ["Budgets without a figure"];
}

/** What closes the gate or may close it. */
export function budgetsOver(budgets: readonly BudgetResult[]): Section {
  const rows = budgets.filter(attention).sort(byHeadroom).map(row);
  return { title: titleOf(budgets), anchor: "budget-exceeded", header, rows, folded: false };
}

export function budgetsNotMeasured(budgets: readonly BudgetResult[]): Section {
  const missing = budgets.filter(notMeasured);
  const rows = missing.map((budget) => [text`${budget.endpoint}`, named(budget), limitOf(budget), budget.reason]);
  const title = text`${count(missing.length, "limit")} not measured`;
  return { title, anchor: "not-measured", header: [["Endpoint"], ["Metric"], ["Limit"], ["Why"]], rows, folded: true };
}

export function budgetsMet(budgets: readonly BudgetResult[]): Section {
  const met = budgets.filter((budget) => budget.decision === "pass").sort(byHeadroom);
  return { title: text`${count(met.length, "limit")} kept`, header, rows: met.map(row), folded: true };
}
