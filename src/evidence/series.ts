import type { Config } from "../config/config.js";
import { isIgnored } from "../config/names.js";
import { type Baseline, type Results, seriesKey } from "../model/evidence.js";
import type { Environment, Measurement } from "../model/measurement.js";
import { currentHistory } from "../statistics/mode-b.js";
import { geometricMedian } from "../statistics/quantiles.js";
import { usableFiles } from "./results.js";

type Run = { readonly measurement: Measurement; readonly environment: Environment | undefined };

/** One benchmark's metric at the head: its runs in order, at least one. */
export interface HeadSeries {
  readonly key: string;
  readonly first: Measurement;
  readonly runs: readonly Run[];
  /** The file in which the same series stands twice. */
  readonly duplicateIn?: string;
}

/** The same at the baseline, under the name it has at the head. */
export interface BaselineSeries {
  readonly key: string;
  readonly first: Measurement;
  readonly measurements: readonly Measurement[];
  /** Values of the default branch on the baseline's machine, oldest first, the baseline's own last. */
  readonly history: readonly number[];
}

type Benchmarks = Config["benchmarks"];

/** Of the many statistics of one load test a few tell it all, and each more is one more chance of a false alarm. */
const TELLING: readonly Measurement["statistic"][] = ["p50", "p95", "p97_5", "p99", "rate", "value"];

const isTelling = ({ endpoint, statistic }: Pick<Measurement, "endpoint" | "statistic">): boolean =>
  endpoint === undefined || TELLING.includes(statistic);

/** Shares of failures belong to budgets; other counts are compared where the same code repeats them exactly. */
export const isComparable = ({ deterministic, unit }: Pick<Measurement, "deterministic" | "unit">): boolean =>
  deterministic === true || ["s", "1/s", "B", "unknown"].includes(unit);

export const isCompared = (measurement: Pick<Measurement, "deterministic" | "unit" | "endpoint" | "statistic">): boolean =>
  isComparable(measurement) && isTelling(measurement);

/** Groups the head's runs by series, in the order in which the files name them. */
export function headSeries(results: Results, config: Benchmarks): ReadonlyMap<string, HeadSeries> {
  const all = new Map<string, HeadSeries>();
  for (const { file, run } of usableFiles(results)) {
    const here = new Set<string>();
    for (const measurement of run.measurements) {
      if (!isCompared(measurement) || isIgnored(measurement.benchmark, config.ignore)) continue;
      const key = seriesKey(measurement);
      const known = all.get(key) ?? { key, first: measurement, runs: [] };
      const runs = [...known.runs, { measurement, environment: run.environment }];
      all.set(key, { ...known, runs, ...(here.has(key) && { duplicateIn: file }) });
      here.add(key);
    }
  }
  return all;
}

/** The stored values of one series as the history ends with them; several runs of one commit count as one, and a level that was left counts no more. */
function withHistory(series: Omit<BaselineSeries, "history">, earlier: readonly number[]): BaselineSeries {
  const values = [...earlier, geometricMedian(series.measurements.map((measurement) => measurement.value))];
  return { ...series, history: values.every((value) => value > 0) ? currentHistory(values) : values };
}

/**
 * Groups the baseline by series under the names of the head, as `aliases` gives them (new name to old). A
 * renamed series has the histories of both its names.
 */
export function baselineSeries(baseline: Baseline, config: Benchmarks): ReadonlyMap<string, BaselineSeries> {
  const renamed = new Map(Object.entries(config.aliases).map(([now, before]) => [before, now]));
  const groups = new Map<string, { first: Measurement; measurements: Measurement[]; keys: Set<string> }>();
  for (const stored of baseline.measurements) {
    const measurement = { ...stored, benchmark: renamed.get(stored.benchmark) ?? stored.benchmark };
    if (!isCompared(measurement) || isIgnored(measurement.benchmark, config.ignore)) continue;
    const key = seriesKey(measurement);
    const group = groups.get(key) ?? { first: measurement, measurements: [], keys: new Set() };
    group.measurements.push(measurement);
    groups.set(key, { ...group, keys: group.keys.add(seriesKey(stored)).add(key) });
  }
  const entries = [...groups].map(([key, { keys, ...group }]) => {
    const earlier = [...keys].flatMap((each) => baseline.history.get(each) ?? []);
    return [key, withHistory({ key, ...group }, earlier)] as const;
  });
  return new Map(entries);
}
