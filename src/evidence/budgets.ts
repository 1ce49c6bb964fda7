import type { BudgetLimit, Config, EndpointBudget } from "../config/config.js";
import type { Collected, ResultFile, Results } from "../model/evidence.js";
import type { BudgetMetric, BudgetResult } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import { judgeBudget, type LimitKind } from "../statistics/budget.js";
import { budgetReason, type NoData, noMetric } from "./budget-reasons.js";
import { coveringPattern, TOTAL } from "./endpoints.js";

const kindOf = (metric: BudgetMetric): LimitKind => (metric === "throughput_min" ? "at-least" : "at-most");

/** The name under which the result formats give the figure that a budget limits. */
const measuredAs: Readonly<Record<BudgetMetric, string>> = {
  latency_p50: "latency_p50",
  latency_p95: "latency_p95",
  latency_p99: "latency_p99",
  latency_p99_9: "latency_p99_9",
  throughput_min: "throughput",
  error_rate_max: "error_rate",
};

/** One result file as far as one budget is concerned. */
interface Run {
  readonly file: ResultFile;
  readonly endpoints: ReadonlySet<string>;
}

/** The endpoints of a file that a budget covers; a file with a single endpoint is its own total. */
function covered(file: ResultFile, pattern: string, patterns: readonly string[]): ReadonlySet<string> {
  const endpoints = new Set(file.run.measurements.flatMap((measurement) => measurement.endpoint ?? []));
  if (pattern === TOTAL && !endpoints.has(TOTAL)) return endpoints.size === 1 ? endpoints : new Set();
  return new Set([...endpoints].filter((endpoint) => coveringPattern(patterns, endpoint) === pattern));
}

/** A run's value: where a pattern covers several endpoints, the worst of them, since the limit holds for each. */
function worstValue({ file, endpoints }: Run, metric: BudgetMetric): number | null {
  const values = file.run.measurements
    .filter((each) => each.metric === measuredAs[metric] && each.endpoint !== undefined && endpoints.has(each.endpoint))
    .map((each) => each.value)
    .filter(Number.isFinite);
  if (values.length === 0) return null;
  return kindOf(metric) === "at-least" ? Math.min(...values) : Math.max(...values);
}

function withoutData(endpoint: string, limit: BudgetLimit, { absence, reason }: NoData): BudgetResult {
  const { metric, unit } = limit;
  return { endpoint, metric, unit, limit: limit.limit, actual: null, values: [], headroom: null, decision: "no-data", absence, reason };
}

function judged(budget: EndpointBudget, limit: BudgetLimit, values: readonly number[]): BudgetResult {
  const kind = kindOf(limit.metric);
  const judgement = judgeBudget({ kind, limit: limit.limit, values, strict: budget.strict });
  return {
    endpoint: budget.pattern,
    metric: limit.metric,
    unit: limit.unit,
    limit: limit.limit,
    actual: judgement.actual,
    values,
    headroom: judgement.headroom,
    decision: judgement.decision,
    reason: budgetReason(judgement, limit, kind, values),
  };
}

/** Why a run without data decides: it measured this endpoint, or nothing else did and it may have. */
function failedRun(files: readonly ResultFile[], runs: readonly Run[], hasValues: boolean): Text | null {
  const own = runs.find((run) => run.file.run.noData !== undefined)?.file;
  const failed = own ?? (hasValues ? undefined : files.find((file) => file.run.noData !== undefined));
  return failed?.run.noData === undefined ? null : text`${failed.file}: ${failed.run.noData}`;
}

function checkEndpoint(files: readonly ResultFile[], budget: EndpointBudget, patterns: readonly string[]): readonly BudgetResult[] {
  const runs = files.map((file) => ({ file, endpoints: covered(file, budget.pattern, patterns) })).filter((run) => run.endpoints.size > 0);
  return budget.limits.map((limit) => {
    const values = runs.filter((run) => run.file.run.noData === undefined).flatMap((run) => worstValue(run, limit.metric) ?? []);
    const failed = failedRun(files, runs, values.length > 0);
    if (failed !== null) return withoutData(budget.pattern, limit, { absence: "no-metric", reason: failed });
    if (values.length === 0) return withoutData(budget.pattern, limit, noMetric(limit.metric, files.length, runs.length));
    return judged(budget, limit, values);
  });
}

/** A benchmark of functions says nothing of an endpoint; a run that proves nothing may have been meant to. */
const isLoadTest = ({ run }: ResultFile): boolean =>
  run.load !== undefined || run.noData !== undefined || run.measurements.some(({ endpoint }) => endpoint !== undefined);

/**
 * Holds every limit of the configuration against the runs of this head, in the order of the configuration.
 * A limit without a figure is `no-data`, never a pass: `no-artifact` when no load test of this
 * head has arrived, `no-metric` when one lacks the endpoint or the figure.
 */
export function checkBudgets(results: Collected<Results>, config: Config): BudgetResult[] {
  const patterns = config.endpoints.map((budget) => budget.pattern);
  const reason = results.status === "absent" ? results.reason : text`no load-test result of this head has arrived`;
  const files = results.status === "absent" ? [] : results.value.files.filter(isLoadTest);
  if (files.length === 0) {
    return config.endpoints.flatMap(({ pattern, limits }) =>
      limits.map((limit) => withoutData(pattern, limit, { absence: "no-artifact", reason })),
    );
  }
  return config.endpoints.flatMap((budget) => checkEndpoint(files, budget, patterns));
}
