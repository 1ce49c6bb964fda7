import type { ResultFile } from "../model/evidence.js";
import type { BudgetMetric } from "../model/judgement.js";
import type { Measurement } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import type { LimitKind } from "../statistics/budget.js";
import { coveringPattern, TOTAL } from "./endpoints.js";

export const kindOf = (metric: BudgetMetric): LimitKind => (metric === "throughput_min" ? "at-least" : "at-most");

/** The name under which the result formats give the figure that a budget limits. */
const measuredAs = (metric: BudgetMetric): string => {
  if (metric === "throughput_min") return "throughput";
  return metric === "error_rate_max" ? "error_rate" : metric;
};

/** One result file as far as one budget is concerned. */
export interface BudgetRun {
  readonly file: ResultFile;
  readonly endpoints: ReadonlySet<string>;
}

/** The endpoints among some measurements that a budget covers; a file with a single endpoint is its own total. */
export function coveredEndpoints(measurements: readonly Measurement[], pattern: string, patterns: readonly string[]): ReadonlySet<string> {
  const endpoints = new Set(measurements.flatMap((measurement) => measurement.endpoint ?? []));
  if (pattern === TOTAL && !endpoints.has(TOTAL)) return endpoints.size === 1 ? endpoints : new Set();
  return new Set([...endpoints].filter((endpoint) => coveringPattern(patterns, endpoint) === pattern));
}

/** The files that measured an endpoint of this budget, in run order. */
export function runsOf(files: readonly ResultFile[], pattern: string, patterns: readonly string[]): readonly BudgetRun[] {
  return files
    .map((file) => ({ file, endpoints: coveredEndpoints(file.run.measurements, pattern, patterns) }))
    .filter((run) => run.endpoints.size > 0);
}

/** The measurements of one figure of these endpoints. */
export function figuresOf(
  measurements: readonly Measurement[],
  endpoints: ReadonlySet<string>,
  metric: BudgetMetric,
): readonly Measurement[] {
  const name = measuredAs(metric);
  return measurements.filter(
    (each) => each.metric === name && each.endpoint !== undefined && endpoints.has(each.endpoint) && Number.isFinite(each.value),
  );
}

const provesSomething = ({ file }: BudgetRun): boolean => file.run.noData === undefined;

/** One value a run: where a pattern covers several endpoints, the worst of them, since the limit holds for each. */
export function valuesOf(runs: readonly BudgetRun[], metric: BudgetMetric): readonly number[] {
  return runs.filter(provesSomething).flatMap(({ file, endpoints }) => {
    const values = figuresOf(file.run.measurements, endpoints, metric).map(({ value }) => value);
    if (values.length === 0) return [];
    return kindOf(metric) === "at-least" ? Math.min(...values) : Math.max(...values);
  });
}

/** Why a run without data decides: it measured this endpoint, or nothing else did and it may have. */
export function failedRun(files: readonly ResultFile[], runs: readonly BudgetRun[], hasValues: boolean): Text | null {
  const own = runs.find((run) => !provesSomething(run))?.file;
  const failed = own ?? (hasValues ? undefined : files.find((file) => file.run.noData !== undefined));
  return failed?.run.noData === undefined ? null : text`${failed.file}: ${failed.run.noData}`;
}
