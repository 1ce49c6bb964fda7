import type { Measurement } from "../model/measurement.js";
import { quantile } from "../statistics/quantiles.js";
import type { BenchBundle, BenchSeries, Side } from "./bench-bundle.js";

/** More rounds than this of one process are kept as their percentiles. */
const MOST_ROUNDS = 101;

/**
 * The rounds themselves, or of many the percentiles 0, 1 … 100: minimum, quartiles, median and maximum stay exact,
 * and a bundle of a million rounds stays small enough to upload.
 */
function kept(rounds: readonly number[]): number[] {
  if (rounds.length <= MOST_ROUNDS) return [...rounds];
  const sorted = Float64Array.from(rounds).sort();
  const at = (position: number): number => sorted[position] ?? Number.NaN;
  return Array.from({ length: MOST_ROUNDS }, (_, percent) => {
    const position = ((sorted.length - 1) * percent) / (MOST_ROUNDS - 1);
    const below = Math.floor(position);
    return quantile([at(below), at(Math.ceil(position))], position - below);
  });
}

/** The processes of one measurement: those that the tool started itself, or the one that was run. */
function processesOf({ processes, rounds, value }: Measurement): number[][] {
  if (processes !== undefined && processes.length > 0) return processes.map(kept);
  return [kept(rounds !== undefined && rounds.length > 0 ? rounds : [value])];
}

/** A base in one unit is never put beside a head in another: each has a series of its own then. */
const keyOf = (series: Omit<BenchSeries, Side>): string =>
  JSON.stringify([series.benchmark, series.metric, series.statistic, series.unit, series.better]);

function described(measurement: Measurement): Omit<BenchSeries, Side> {
  const { benchmark, metric, unit, better, statistic, deterministic, endpoint, sourceUnit } = measurement;
  return {
    ...{ benchmark, metric, unit, better, statistic },
    ...(deterministic && { deterministic }),
    ...(endpoint !== undefined && { endpoint }),
    ...(sourceUnit !== undefined && { sourceUnit }),
  };
}

/** The series with one more run of a side at their ends; a benchmark that was not known before comes last. */
export function withRun(known: BenchBundle["series"], side: Side, measurements: readonly Measurement[]): BenchBundle["series"] {
  const all = new Map(known.map((series) => [keyOf(series), series]));
  for (const measurement of measurements) {
    const first = described(measurement);
    const key = keyOf(first);
    const series = all.get(key) ?? { ...first, base: [], head: [] };
    const step = Math.max(series.resolution ?? 0, measurement.resolution ?? 0);
    all.set(key, { ...series, ...(step > 0 && { resolution: step }), [side]: [...series[side], ...processesOf(measurement)] });
  }
  return [...all.values()];
}

/** What one run measured, without the names that stand in two of its files: nobody can tell those apart. */
export function distinct(files: readonly (readonly Measurement[])[]): {
  readonly kept: readonly Measurement[];
  readonly twice: readonly string[];
} {
  const all = files.flat().map((measurement) => ({ measurement, key: keyOf(described(measurement)) }));
  const times = new Map<string, number>();
  for (const { key } of all) times.set(key, (times.get(key) ?? 0) + 1);
  const [kept, others] = [true, false].map((once) =>
    all.filter(({ key }) => (times.get(key) === 1) === once).map((each) => each.measurement),
  );
  return { kept: kept ?? [], twice: [...new Set(others?.map(({ benchmark }) => benchmark))] };
}
