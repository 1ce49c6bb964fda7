import type { Config } from "../config/config.js";
import { type Baseline, type Results, seriesKey } from "../model/evidence.js";
import type { Environment, Measurement } from "../model/measurement.js";
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
  /** Earlier values, oldest first. */
  readonly history: readonly number[];
}

type Benchmarks = Config["benchmarks"];

const isIgnored = (benchmark: string, config: Benchmarks): boolean => config.ignore.some((entry) => entry.name === benchmark);

/** Times and rates are compared; counts and sizes wait for a judge of their own. Unknown units are shown as such. */
const isCompared = (measurement: Measurement): boolean => ["s", "1/s", "unknown"].includes(measurement.unit);

/** Groups the head's runs by series, in the order in which the files name them. */
export function headSeries(results: Results, config: Benchmarks): ReadonlyMap<string, HeadSeries> {
  const all = new Map<string, HeadSeries>();
  for (const { file, run } of usableFiles(results)) {
    const here = new Set<string>();
    for (const measurement of run.measurements) {
      if (!isCompared(measurement) || isIgnored(measurement.benchmark, config)) continue;
      const key = seriesKey(measurement);
      const known = all.get(key) ?? { key, first: measurement, runs: [] };
      const runs = [...known.runs, { measurement, environment: run.environment }];
      all.set(key, { ...known, runs, ...(here.has(key) && { duplicateIn: file }) });
      here.add(key);
    }
  }
  return all;
}

/** Groups the baseline by series; `aliases` maps a benchmark's name there to its name at the head. */
export function baselineSeries(baseline: Baseline, config: Benchmarks): ReadonlyMap<string, BaselineSeries> {
  const all = new Map<string, BaselineSeries>();
  const aliases = new Map(Object.entries(config.aliases));
  for (const stored of baseline.measurements) {
    const measurement = { ...stored, benchmark: aliases.get(stored.benchmark) ?? stored.benchmark };
    if (!isCompared(measurement) || isIgnored(measurement.benchmark, config)) continue;
    const key = seriesKey(measurement);
    const known = all.get(key);
    const keys = new Set([seriesKey(stored), key]);
    const history = known?.history ?? [...keys].flatMap((each) => baseline.history.get(each) ?? []);
    all.set(key, { key, first: known?.first ?? measurement, measurements: [...(known?.measurements ?? []), measurement], history });
  }
  return all;
}
