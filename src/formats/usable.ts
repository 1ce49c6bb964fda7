import { seriesKey } from "../model/evidence.js";
import type { Measurement, ParsedRun, Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;

/** Times and rates are above zero, or zero within a stated step; sizes and counts at least zero, error rates at most one. */
function isPossibleOf({ unit, metric, resolution }: Measurement, value: number): boolean {
  if (unit === "s" && value === 0 && resolution !== undefined) return true;
  if (unit === "s" || unit === "1/s") return isPositive(value);
  return Number.isFinite(value) && (unit === "unknown" || value >= 0) && (metric !== "error_rate" || value <= 1);
}

const isPossible = (measurement: Measurement): boolean => isPossibleOf(measurement, measurement.value);

const REMEDY = text`look at the tool's own output; the figure is not judged`;

const impossible = (benchmark: string, what: Text, value: number): Problem => ({
  level: "error",
  code: "invalid-value",
  message: Number.isNaN(value) ? text`${benchmark}: ${what} is missing or not a number` : text`${benchmark}: ${what} cannot be ${value}`,
  remedy: REMEDY,
});

const duplicate = ({ benchmark, metric }: Measurement, times: number): Problem => ({
  level: "error",
  code: "duplicate-name",
  message: text`${benchmark}: ${[metric]} stands ${times} times in this file, and none of them is judged`,
  remedy: text`give each benchmark a name of its own`,
});

/** The second opinion and the rounds are kept only when they can be believed. */
function trimmed(measurement: Measurement): Measurement {
  const { typical, rounds, processes, n, ...figure } = measurement;
  const believed = (value: number): boolean => isPossibleOf(measurement, value);
  return {
    ...figure,
    ...(typical !== undefined && believed(typical) ? { typical } : {}),
    ...(rounds?.every(believed) ? { rounds } : {}),
    ...(processes?.every((row) => row.length > 0 && row.every(believed)) ? { processes } : {}),
    ...(n !== undefined && Number.isInteger(n) && n >= 0 ? { n } : {}),
  };
}

const doubtful = (measurement: Measurement): Problem[] => {
  const { benchmark, metric, typical } = measurement;
  if (typical === undefined || isPossibleOf(measurement, typical)) return [];
  return [impossible(benchmark, text`the median of ${[metric]}`, typical)];
};

function judged([first, ...others]: readonly Measurement[]): { measurements: readonly Measurement[]; problems: readonly Problem[] } {
  if (first === undefined) return { measurements: [], problems: [] };
  if (others.length > 0) return { measurements: [], problems: [duplicate(first, others.length + 1)] };
  if (!isPossible(first)) return { measurements: [], problems: [impossible(first.benchmark, [first.metric], first.value)] };
  return { measurements: [trimmed(first)], problems: doubtful(first) };
}

function bySeries(measurements: readonly Measurement[]): readonly Measurement[][] {
  const series = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const key = seriesKey(measurement);
    const known = series.get(key);
    if (known === undefined) series.set(key, [measurement]);
    else known.push(measurement);
  }
  return [...series.values()];
}

/**
 * The run with only those measurements that can be true: finite, above zero for times and rates, one of each
 * name. The others become problems that name the benchmark; when nothing is left, the run proves nothing.
 */
export function usable(run: ParsedRun): ParsedRun {
  const parts = bySeries(run.measurements).map(judged);
  const measurements = parts.flatMap((part) => part.measurements);
  const counted = run.runtime !== undefined || run.profile !== undefined || run.noData !== undefined;
  const nothing = measurements.length === 0 && (run.paired?.series ?? []).length === 0 && !counted;
  return {
    ...run,
    measurements,
    ...(nothing ? { noData: text`no usable figure in this file` } : {}),
    problems: [...run.problems, ...parts.flatMap((part) => part.problems)],
  };
}
