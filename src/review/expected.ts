import type { Config } from "../config/config.js";
import { matchesGlob } from "../config/glob.js";
import type { CollectedEvidence } from "../model/evidence.js";
import { type Text, text } from "../model/text.js";

/** Evidence without which the gate stays closed, and why it is expected. */
export interface Expected {
  readonly reason: Text;
}

const hasRequired = (evidence: CollectedEvidence, required: string): boolean =>
  evidence.results.status === "collected" &&
  evidence.results.value.files.some((result) => result.run.format === required || matchesGlob(required, result.file.split("/")[0] ?? ""));

const criticalChanged = (evidence: CollectedEvidence): boolean =>
  evidence.changes.status === "collected" && evidence.changes.value.critical.length > 0;

const budgets = (evidence: CollectedEvidence) => (evidence.budgets.status === "collected" ? evidence.budgets.value : []);

/** Budgeted endpoints of which this head has no measurement at all. */
export function unmeasured(evidence: CollectedEvidence): number {
  return new Set(
    budgets(evidence)
      .filter((budget) => budget.absence === "no-artifact" && budget.scope === undefined)
      .map((budget) => budget.endpoint),
  ).size;
}

const missingArtifacts = (config: Config, evidence: CollectedEvidence): readonly Expected[] => {
  const named = config.evidence.required.filter((required) => !hasRequired(evidence, required));
  const expected = named.map((required) => ({ reason: text`no result ${required} of this head, which evidence.required names` }));
  if (expected.length > 0) return expected;
  if (!config.onBudgetExceed.blockMerge || !criticalChanged(evidence) || unmeasured(evidence) === 0) return expected;
  return [{ reason: text`a critical path changed and no load-test result of this head has arrived` }];
};

const reruns = (evidence: CollectedEvidence): readonly Expected[] => {
  const atRisk = budgets(evidence)
    .filter((budget) => budget.decision === "at-risk" && budget.values.length < 3)
    .map((budget) => ({
      reason: text`${budget.endpoint} is over its budget in ${budget.values.length} of 3 runs: run it again on this head (${budget.reason})`,
    }));
  const comparisons = evidence.comparisons.status === "collected" ? evidence.comparisons.value : [];
  const candidates = comparisons
    .filter((comparison) => comparison.mode === "B" && comparison.doubt === "suspect" && comparison.runs < 3)
    .map((comparison) => ({
      reason: text`${comparison.benchmark} looks slower: run the benchmarks ${3 - comparison.runs} more times on this head (${comparison.reason})`,
    }));
  return [...atRisk, ...candidates];
};

/**
 * What the gate waits for, as statistics asks: artifacts that the configuration names or a critical
 * change needs, and reruns of what is over its limit in fewer than three runs. Only where a merge is
 * blocked at all.
 */
export function expectedEvidence(config: Config, evidence: CollectedEvidence): readonly Expected[] {
  const artifacts = missingArtifacts(config, evidence);
  return config.onBudgetExceed.blockMerge ? [...artifacts, ...reruns(evidence)] : artifacts;
}
