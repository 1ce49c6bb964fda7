import type { Config } from "../config/config.js";
import { matchesGlob } from "../config/glob.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { BudgetResult, Comparison } from "../model/judgement.js";
import type { Measurement } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import type { Measured } from "../model/verdict.js";
import { notMeasuredAgain } from "./earlier-measurement.js";

/** Runs of the head that decide (statistics: the first look and two reruns). */
const RUNS = 3;
/** Workflow runs that are named. */
const NAMED = 3;

/** Evidence without which the gate stays closed, and why it is expected. */
export interface Expected {
  readonly reason: Text;
}

/** Records of test runs lie beside the results; an artifact may hold nothing else. */
const runtimeFiles = ({ runtime }: CollectedEvidence): readonly string[] =>
  runtime.status === "collected" ? runtime.value.suites.flatMap(({ files }) => files) : [];

const isIn = (artifact: string, file: string): boolean => matchesGlob(artifact, file.split("/")[0] ?? "");

const hasResult = (evidence: CollectedEvidence, required: string): boolean =>
  evidence.results.status === "collected" &&
  evidence.results.value.files.some((result) => result.run.format === required || isIn(required, result.file));

const hasRequired = (evidence: CollectedEvidence, required: string): boolean =>
  runtimeFiles(evidence).some((file) => isIn(required, file)) || hasResult(evidence, required);

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

/** Benchmarks that are over their history in a first look: three runs of the head would tell. */
export function candidates(evidence: CollectedEvidence): readonly Comparison[] {
  if (evidence.comparisons.status === "absent") return [];
  return evidence.comparisons.value.filter(({ mode, doubt, runs }) => mode === "B" && doubt === "suspect" && runs < RUNS);
}

/** Workflow runs that measured what is asked for, each once. */
function measuredIn(evidence: CollectedEvidence, isWanted: (measurement: Measurement) => boolean): readonly number[] {
  if (evidence.results.status === "absent") return [];
  const files = evidence.results.value.files.filter(({ run }) => run.measurements.some(isWanted));
  return [...new Set(files.flatMap(({ source }) => source?.id ?? []))];
}

/** What to type. The ids are GitHub's, so nothing of it is foreign. */
function rerunCommand(ids: readonly number[]): Text {
  if (ids.length === 0) return ["give the result files of all runs with `--results`"];
  return [
    ids
      .slice(0, NAMED)
      .map((id) => `\`gh run rerun ${id}\``)
      .join(" and "),
  ];
}

/** All candidates in one sentence: one rerun measures them together. */
function benchmarkReruns(evidence: CollectedEvidence): readonly Expected[] {
  const found = candidates(evidence);
  const [first] = found;
  if (first === undefined) return [];
  const others = found.length - 1;
  const who = others === 0 ? text`${first.benchmark} looks slower` : text`${first.benchmark} and ${others} more look slower`;
  const missing = RUNS - Math.min(...found.map(({ runs }) => runs));
  const times = missing === 1 ? text`once more` : text`${missing} more times, one after the other`;
  const named = new Set(found.map(({ benchmark }) => benchmark));
  const command = rerunCommand(measuredIn(evidence, ({ benchmark }) => named.has(benchmark)));
  return [{ reason: text`${who}: run the benchmarks ${times}, on this head: ${command} (${first.reason})` }];
}

/** Which runs belong to a budget: of a benchmark its own, of an endpoint any load test. */
const budgetRuns = (evidence: CollectedEvidence, { scope, endpoint }: BudgetResult): readonly number[] =>
  measuredIn(evidence, (measurement) => (scope === "benchmark" ? measurement.benchmark === endpoint : measurement.endpoint !== undefined));

function budgetReruns(evidence: CollectedEvidence): readonly Expected[] {
  const atRisk = budgets(evidence).filter(({ decision, values }) => decision === "at-risk" && values.length < RUNS);
  return atRisk.map((budget) => {
    const command = rerunCommand(budgetRuns(evidence, budget));
    return {
      reason: text`${budget.endpoint} is over its budget in ${budget.values.length} of ${RUNS} runs: ${command} (${budget.reason})`,
    };
  });
}

const reruns = (evidence: CollectedEvidence): readonly Expected[] => [...budgetReruns(evidence), ...benchmarkReruns(evidence)];

/**
 * What the gate waits for, as statistics asks: artifacts that the configuration names or a critical
 * change needs, what an earlier head's figure asks for, and reruns of what is over its limit in fewer than three runs. Only where a merge is
 * blocked at all.
 */
export function expectedEvidence(config: Config, evidence: CollectedEvidence, earlier: Measured | null = null): readonly Expected[] {
  const artifacts = missingArtifacts(config, evidence);
  if (!config.onBudgetExceed.blockMerge) return artifacts;
  const again = notMeasuredAgain(evidence, earlier).map((reason) => ({ reason }));
  return [...artifacts, ...again, ...reruns(evidence)];
}
