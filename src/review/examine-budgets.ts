import type { CollectedEvidence } from "../model/evidence.js";
import type { Comparison } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
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

export function endpointsExamined(evidence: CollectedEvidence): Examination {
  const budgets = evidence.budgets;
  if (budgets.status === "absent") return notApplicable(budgets.reason);
  const endpoints = new Set(budgets.value.map((budget) => budget.endpoint)).size;
  const runs = Math.max(0, ...budgets.value.map((budget) => budget.values.length));
  const unmeasured = budgets.value.filter((budget) => budget.absence !== undefined && budget.absence !== "no-metric");
  const subject = budgets.value.some((budget) => budget.scope) ? "endpoint or benchmark" : "endpoint";
  const seen = text`${count(budgets.value.length, "limit")} of ${count(endpoints, subject)} on ${count(runs, "run")} of this head`;
  const first = unmeasured[0];
  return first ? partial(first.reason, seen) : complete(seen);
}
