import type { Config } from "../config/config.js";
import { isIgnored, matchesName } from "../config/names.js";
import type { Collected } from "../model/collected.js";
import { type Baseline, type Results, seriesKey } from "../model/evidence.js";
import type { BudgetResult } from "../model/judgement.js";
import type { Direction, Environment, Measurement, Unit } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { isInsideNoise, judgeBudget } from "../statistics/budget.js";
import { derivedLimit, isPast, pastOf } from "./budget-past.js";
import { budgetReason, type JudgedLimit } from "./budget-reasons.js";
import { usableFiles } from "./results.js";

type Benchmarks = Config["benchmarks"];

/** One benchmark's metric at this head, a value a run. */
interface Series {
  readonly first: Measurement;
  readonly values: readonly number[];
  readonly environment: Environment | undefined;
}

/** Benchmarks only: an endpoint has budgets of its own. */
function seriesOf(results: Collected<Results>, config: Benchmarks): readonly Series[] {
  const all = new Map<string, Series>();
  for (const { run } of results.status === "absent" ? [] : usableFiles(results.value)) {
    for (const measurement of run.measurements) {
      if (measurement.endpoint !== undefined || isIgnored(measurement.benchmark, config.ignore)) continue;
      const key = seriesKey(measurement);
      const known = all.get(key) ?? { first: measurement, values: [], environment: run.environment };
      all.set(key, { ...known, values: [...known.values, measurement.value] });
    }
  }
  return [...all.values()];
}

const directionOf = ({ metric, better }: Measurement, config: Benchmarks): Direction =>
  better === "unknown" && Object.hasOwn(config.directions, metric) ? (config.directions[metric] ?? better) : better;

interface Limited {
  readonly benchmark: string;
  readonly metric: string;
  readonly unit: Unit;
  readonly limit: number;
}

const withoutData = (
  { benchmark, metric, unit, limit }: Limited,
  absence: BudgetResult["absence"] & string,
  reason: Text,
): BudgetResult => ({
  endpoint: benchmark,
  scope: "benchmark",
  metric,
  unit,
  limit,
  actual: null,
  values: [],
  headroom: null,
  decision: "no-data",
  absence,
  reason,
});

function judged({ first, values }: Series, limit: JudgedLimit, better: "lower" | "higher"): BudgetResult {
  const kind = better === "lower" ? "at-most" : "at-least";
  const judgement = judgeBudget({ kind, limit: limit.limit, values, strict: first.deterministic === true });
  return {
    endpoint: first.benchmark,
    scope: "benchmark",
    metric: first.metric,
    unit: first.unit,
    limit: limit.limit,
    actual: judgement.actual,
    values,
    headroom: judgement.headroom,
    decision: judgement.decision,
    reason: budgetReason(judgement, limit, kind, values),
  };
}

const NOISY = text`; the limit lies within the noise of the history`;

function against(series: Series, limit: JudgedLimit, baseline: Collected<Baseline>, config: Benchmarks): BudgetResult {
  const { first, environment } = series;
  const limited = { benchmark: first.benchmark, metric: limit.metric, unit: limit.unit, limit: limit.limit };
  if (first.unit !== limit.unit) return withoutData(limited, "no-metric", text`it is measured in another unit than the limit`);
  const better = directionOf(first, config);
  if (better === "unknown") {
    return withoutData(limited, "no-metric", text`which way is better is not known: say so under benchmarks.directions`);
  }
  const result = judged(series, limit, better);
  const past = pastOf(baseline, first, environment);
  const inNoise = isPast(past) && isInsideNoise(limit.limit, past.values);
  return inNoise ? { ...result, inNoise, reason: text`${result.reason}${NOISY}` } : result;
}

function checkLimits(
  all: readonly Series[],
  baseline: Collected<Baseline>,
  config: Benchmarks,
  absent: Text | null,
): readonly BudgetResult[] {
  return config.budgets.flatMap(({ pattern, limits }) =>
    limits.flatMap((limit) => {
      const series = all.filter(({ first }) => first.metric === limit.metric && matchesName(pattern, first.benchmark));
      if (series.length > 0) return series.map((each) => against(each, limit, baseline, config));
      const limited = { benchmark: pattern, ...limit };
      if (absent !== null) return [withoutData(limited, "no-artifact", absent)];
      return [withoutData(limited, "no-metric", text`no result of this head has a benchmark of this name with this metric`)];
    }),
  );
}

/** What many small steps have added up to, of every benchmark whose history is long enough to tell. */
function checkCreep(all: readonly Series[], baseline: Collected<Baseline>, config: Benchmarks): readonly BudgetResult[] {
  const { creep } = config;
  if (creep === null) return [];
  return all.flatMap((series): BudgetResult[] => {
    const better = directionOf(series.first, config);
    const past = pastOf(baseline, series.first, series.environment);
    if (better === "unknown" || !isPast(past)) return [];
    const { metric, unit } = series.first;
    const derived = derivedLimit({ basis: "creep", limit: creep, unit }, past, better === "lower");
    if (!("limit" in derived)) return [];
    return [{ ...judged(series, { metric, unit, ...derived }, better), basis: "creep", baseline: derived.baseline }];
  });
}

/** The limits of benchmarks, in the order of the configuration, then the creep of every benchmark that has a history. */
export function checkBenchmarkBudgets(results: Collected<Results>, baseline: Collected<Baseline>, config: Config): readonly BudgetResult[] {
  const all = seriesOf(results, config.benchmarks);
  const missing = results.status === "absent" ? results.reason : text`no benchmark result of this head has arrived`;
  const limits = checkLimits(all, baseline, config.benchmarks, all.length === 0 ? missing : null);
  return [...limits, ...checkCreep(all, baseline, config.benchmarks)];
}
