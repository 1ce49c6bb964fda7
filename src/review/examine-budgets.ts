import type { CollectedEvidence } from "../model/evidence.js";
import type { BudgetResult, Comparison } from "../model/judgement.js";
import { join, type Text, text } from "../model/text.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";

const runsOf = (comparisons: readonly Comparison[]): number => Math.max(0, ...comparisons.map((comparison) => comparison.runs));

const decided = (comparison: Comparison): boolean => ["no-change", "improvement", "regression"].includes(comparison.decision);

const others = (n: number): Text => (n === 0 ? [] : text` (and ${n} more)`);

/** Passed only when every comparable benchmark was decided; an inconclusive one is not a pass. */
export function regressionsExamined(evidence: CollectedEvidence): Examination {
  const comparisons = evidence.comparisons;
  if (comparisons.status === "absent") return partial(comparisons.reason);
  const all = comparisons.value;
  if (all.length === 0) return partial(text`the result files hold no benchmark to compare`);
  const judged = all.filter(decided).length;
  const pending = all.filter((comparison) => !decided(comparison) && comparison.decision !== "new");
  const seen = text`${count(all.length, "measurement")} of ${count(runsOf(all), "run")} at this head: ${judged} decided, ${pending.length} undecided, ${all.length - judged - pending.length} new`;
  const first = pending.find(({ doubt }) => doubt === "suspect") ?? pending[0];
  if (first) return partial(text`${first.benchmark} ${first.metric}: ${first.reason}${others(pending.length - 1)}`, seen);
  return judged === 0 ? partial(text`every benchmark is new: nothing to compare with`, seen) : complete(seen);
}

/** `2 endpoints`, `1 endpoint and 3 benchmarks`: what the limits are of. */
function subjects(budgets: readonly BudgetResult[]): Text {
  const kinds = [
    ["endpoint", budgets.filter(({ scope }) => scope !== "benchmark")] as const,
    ["benchmark", budgets.filter(({ scope }) => scope === "benchmark")] as const,
  ];
  const counted = kinds.map(([noun, limits]) => [noun, new Set(limits.map(({ endpoint }) => endpoint)).size] as const);
  return join(
    counted.filter(([, n]) => n > 0).map(([noun, n]) => count(n, noun)),
    " and ",
  );
}

export function endpointsExamined(evidence: CollectedEvidence): Examination {
  const budgets = evidence.budgets;
  if (budgets.status === "absent") return notApplicable(budgets.reason);
  const runs = Math.max(0, ...budgets.value.map((budget) => budget.values.length));
  const unmeasured = budgets.value.filter((budget) => budget.absence !== undefined && budget.absence !== "no-metric");
  const seen = text`${count(budgets.value.length, "limit")} of ${subjects(budgets.value)} on ${count(runs, "run")} of this head`;
  const first = unmeasured[0];
  return first ? partial(first.reason, seen) : complete(seen);
}
