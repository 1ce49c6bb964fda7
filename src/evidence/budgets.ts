import type { BudgetLimit, Config, EndpointBudget } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import type { Baseline, ResultFile, Results } from "../model/evidence.js";
import type { BudgetDecision, BudgetResult } from "../model/judgement.js";
import { text } from "../model/text.js";
import { isInsideNoise, judgeBudget } from "../statistics/budget.js";
import { checkBenchmarkBudgets } from "./benchmark-budgets.js";
import { type Derived, derivedLimit, isPast, pastOf } from "./budget-past.js";
import { budgetReason, type NoData, noMetric } from "./budget-reasons.js";
import { type BudgetRun, failedRun, figuresOf, kindOf, runsOf, valuesOf } from "./budget-runs.js";
import { type FailingEndpoint, failedTooOften, failingEndpoints } from "./failing-endpoints.js";

function withoutData(endpoint: string, limit: BudgetLimit, { absence, reason }: NoData): BudgetResult {
  const { metric, unit, basis } = limit;
  const shared = { endpoint, metric, unit, ...(basis && { basis }), limit: limit.limit };
  return { ...shared, actual: null, values: [], headroom: null, decision: "no-data", absence, reason };
}

type Subject = Pick<EndpointBudget, "pattern" | "strict">;

function judged({ pattern, strict }: Subject, limit: BudgetLimit, values: readonly number[], derived?: Derived): BudgetResult {
  const kind = kindOf(limit.metric);
  const effective = { ...limit, ...derived };
  const judgement = judgeBudget({ kind, limit: effective.limit, values, strict });
  return {
    endpoint: pattern,
    metric: limit.metric,
    unit: limit.unit,
    ...(limit.basis && { basis: limit.basis }),
    ...(derived && { baseline: derived.baseline }),
    limit: effective.limit,
    actual: judgement.actual,
    values,
    headroom: judgement.headroom,
    decision: judgement.decision,
    reason: budgetReason(judgement, effective, kind, values),
  };
}

const urgency: readonly BudgetDecision[] = ["fail", "at-risk", "no-data", "pass"];

const worstOf = (results: readonly BudgetResult[]): BudgetResult | undefined =>
  [...results].sort((a, b) => urgency.indexOf(a.decision) - urgency.indexOf(b.decision) || (a.headroom ?? 0) - (b.headroom ?? 0))[0];

/** A limit on the change: each endpoint that the pattern covers against its own past, and the worst of them answers. */
function checkRelative(
  budget: Subject,
  limit: BudgetLimit,
  runs: readonly BudgetRun[],
  baseline: Collected<Baseline>,
): BudgetResult | null {
  const endpoints = [...new Set(runs.flatMap((run) => [...run.endpoints]))];
  const results = endpoints.flatMap((endpoint): BudgetResult[] => {
    const own = runs.map(({ file }) => ({ file, endpoints: new Set([endpoint]) }));
    const values = valuesOf(own, limit.metric);
    const run = own.find(({ file, endpoints: only }) => figuresOf(file.run.measurements, only, limit.metric).length > 0)?.file.run;
    const [first] = run ? figuresOf(run.measurements, new Set([endpoint]), limit.metric) : [];
    if (first === undefined || values.length === 0) return [];
    const past = pastOf(baseline, first, run?.environment);
    const derived = isPast(past) ? derivedLimit(limit, past, kindOf(limit.metric) === "at-most") : past;
    if (!("limit" in derived)) return [withoutData(budget.pattern, limit, { absence: "no-baseline", reason: derived })];
    const result = judged(budget, limit, values, derived);
    return [endpoints.length > 1 ? { ...result, reason: text`${endpoint}: ${result.reason}` } : result];
  });
  return worstOf(results) ?? null;
}

/** The verdicts of a limit that lies within the noise change from run to run: said, whatever they are today. */
function withNoise(result: BudgetResult, limit: BudgetLimit, runs: readonly BudgetRun[], baseline: Collected<Baseline>): BudgetResult {
  const inNoise = runs.some(({ file, endpoints }) =>
    figuresOf(file.run.measurements, endpoints, limit.metric).some((figure) => {
      const past = pastOf(baseline, figure, file.run.environment);
      return isPast(past) && isInsideNoise(result.limit, past.values);
    }),
  );
  return inNoise ? { ...result, inNoise, reason: text`${result.reason}; the limit lies within the noise of the history` } : result;
}

const failingIn = (runs: readonly BudgetRun[], config: Config): FailingEndpoint | undefined =>
  runs.flatMap(({ file, endpoints }) => failingEndpoints(file.run, config).filter(({ endpoint }) => endpoints.has(endpoint)))[0];

function checkEndpoint(files: readonly ResultFile[], budget: EndpointBudget, config: Config, baseline: Collected<Baseline>) {
  const patterns = config.endpoints.flatMap(({ pattern, limits }) => (limits.length > 0 ? pattern : []));
  const runs = runsOf(files, budget.pattern, patterns);
  return budget.limits.map((limit): BudgetResult => {
    const values = valuesOf(runs, limit.metric);
    const failed = failedRun(files, runs, values.length > 0);
    const failing = limit.metric === "error_rate_max" ? undefined : failingIn(runs, config);
    if (failing) return withoutData(budget.pattern, limit, { absence: "no-metric", reason: failedTooOften(failing) });
    if (failed !== null) return withoutData(budget.pattern, limit, { absence: "no-metric", reason: failed });
    if (values.length === 0) return withoutData(budget.pattern, limit, noMetric(limit.metric, files.length, runs.length));
    const result = limit.basis ? checkRelative(budget, limit, runs, baseline) : judged(budget, limit, values);
    return withNoise(result ?? judged(budget, limit, values), limit, runs, baseline);
  });
}

/** A benchmark of functions says nothing of an endpoint; a run that proves nothing may have been meant to. */
const isLoadTest = ({ run }: ResultFile): boolean =>
  run.load !== undefined || run.noData !== undefined || run.measurements.some(({ endpoint }) => endpoint !== undefined);

function checkEndpoints(results: Collected<Results>, baseline: Collected<Baseline>, config: Config): readonly BudgetResult[] {
  const reason = results.status === "absent" ? results.reason : text`no load-test result of this head has arrived`;
  const files = results.status === "absent" ? [] : results.value.files.filter(isLoadTest);
  if (files.length > 0) return config.endpoints.flatMap((budget) => checkEndpoint(files, budget, config, baseline));
  return config.endpoints.flatMap(({ pattern, limits }) =>
    limits.map((limit) => withoutData(pattern, limit, { absence: "no-artifact", reason })),
  );
}

/** Does the configuration limit anything? */
export const hasBudgets = ({ endpoints, benchmarks }: Config): boolean =>
  endpoints.length > 0 || benchmarks.budgets.length > 0 || benchmarks.creep !== null;

/**
 * Holds every limit of the configuration against the runs of this head, in the order of the configuration. A limit
 * without a figure is `no-data`, never a pass: `no-artifact` when nothing of the kind has arrived for this head,
 * `no-metric` when a result lacks the endpoint or the figure, `no-baseline` when a limit on the change has no past.
 */
export function checkBudgets(results: Collected<Results>, baseline: Collected<Baseline>, config: Config): readonly BudgetResult[] {
  return [...checkEndpoints(results, baseline, config), ...checkBenchmarkBudgets(results, baseline, config)];
}
