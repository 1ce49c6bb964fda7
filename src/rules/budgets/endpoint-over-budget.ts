import { z } from "zod";
import type { BudgetResult } from "../../model/judgement.js";
import type { FindingOf, Rule, Severity } from "../../model/rule.js";
import { type Text, text } from "../../model/text.js";

function severityOf({ decision, absence }: BudgetResult): Severity | null {
  if (decision === "fail" || absence === "no-metric") return "blocking";
  return decision === "at-risk" ? "warning" : null;
}

function message({ endpoint, metric, basis, decision, reason }: BudgetResult): Text {
  const what = text`${endpoint} ${metric}${basis ? text` (${[basis]})` : []}`;
  switch (decision) {
    case "no-data":
      return text`Budget not measured: ${what}: ${reason}`;
    case "at-risk":
      return text`Budget at risk: ${what}: ${reason}`;
    default:
      return text`Budget exceeded: ${what}: ${reason}`;
  }
}

function help({ decision, scope }: BudgetResult): Text {
  const test = scope === "benchmark" ? ["benchmark"] : ["load test"];
  switch (decision) {
    case "no-data":
      if (scope === "queries")
        return text`Have a test of this head send this request with tracing on, or correct the name under endpoints.`;
      return scope === "benchmark"
        ? text`Have the benchmark run on this head and its figure written into a result file, or correct the name under benchmarks.budgets.`
        : text`Have the load test of this head measure the endpoint and write this figure into its result file.`;
    case "at-risk":
      return text`Run the ${test} again on this head until there are three runs: only three that all exceed the budget fail it.`;
    default:
      if (scope === "queries")
        return text`Load what is needed in one statement (a join, IN, or the ORM's eager loading); the budget itself changes only on the base branch.`;
      return text`Bring the figure back under the budget, or ask for an override; the budget itself changes only on the base branch.`;
  }
}

/** An endpoint that exceeds one of its limits at this head, or whose limit the results of this head cannot answer. */
export const endpointOverBudget: Rule<"budgets"> = {
  id: "budgets/endpoint-over-budget",
  answers: "budgets/endpoints",
  needs: ["budgets"],
  options: z.strictObject({}),
  check({ budgets }) {
    return budgets.flatMap((budget): FindingOf[] => {
      const severity = severityOf(budget);
      if (severity === null) return [];
      const { actual, limit, unit, scope, endpoint, metric, basis } = budget;
      const subject = [scope ?? "", endpoint, metric, basis ?? ""].join(" ");
      return [
        { severity, message: message(budget), help: help(budget), subject, ...(actual !== null && { measured: { actual, limit, unit } }) },
      ];
    });
  },
};
