import type { Direction, Environment, Measurement, ParsedRun, Problem, Statistic } from "../model/measurement.js";
import { figure, type Text, text } from "../model/text.js";
import { mean, median } from "../statistics/quantiles.js";
import { formatQuantity } from "../statistics/quantity.js";

/** One metric of one benchmark, without its figures. */
export type Series = Omit<Measurement, "statistic" | "value" | "typical" | "rounds" | "processes" | "n">;

const BEST: Readonly<Record<Direction, Statistic>> = { lower: "min", higher: "max", unknown: "median" };

const bestOf = (values: readonly number[], better: Direction): number => {
  if (values.length === 0) return Number.NaN;
  if (better === "unknown") return median(values);
  return values.reduce((one, other) => (better === "lower" ? Math.min(one, other) : Math.max(one, other)));
};

const present = (values: readonly number[]): readonly number[] => values.filter((value) => Number.isFinite(value));

/** A single round has no middle of its own: no second opinion. */
const middleOf = (values: readonly number[]): { typical?: number } => (values.length < 2 ? {} : { typical: median(values) });

/**
 * Rounds of one process, in run order and SI: judged by the best of them (the fastest time, the highest rate),
 * whatever else the machine did during the others. A round that is no number is missing, and then the rounds
 * are not all of them.
 */
export function ofRounds(series: Series, rounds: readonly number[]): Measurement {
  const known = present(rounds);
  const { better } = series;
  return {
    ...series,
    statistic: BEST[better],
    value: bestOf(known, better),
    ...middleOf(known),
    ...(known.length > 0 && known.length === rounds.length ? { rounds } : {}),
    n: known.length,
  };
}

/**
 * Rounds of several processes, a row for each, because one process is one independent sample. One row alone
 * keeps its rounds as {@link Measurement.rounds}.
 * @param within what a process is judged by: the `mean` of its rounds, as a fork of JMH is, or the `best` of them.
 */
export function ofProcesses(series: Series, rows: readonly (readonly number[])[], within: "mean" | "best" = "mean"): Measurement {
  const known = rows.map(present).filter((row) => row.length > 0);
  const { better } = series;
  const all = known.flat();
  const whole = known.length > 0 && all.length === rows.flat().length;
  const [only] = known;
  return {
    ...series,
    statistic: BEST[better],
    value: bestOf(within === "mean" ? known.map(mean) : all, better),
    ...middleOf(all),
    ...(whole && only !== undefined && (known.length === 1 ? { rounds: only } : { processes: known })),
    n: all.length,
  };
}

/** A benchmark that stopped with an error. Most tools drop its name or print zeros, which read as very fast. */
export function failed(benchmark: string, reason: Text = []): Problem {
  return {
    level: "error",
    code: "benchmark-failed",
    message: reason.length === 0 ? text`${benchmark}: the benchmark failed` : text`${benchmark}: the benchmark failed: ${reason}`,
    remedy: text`run it alone, and mend what it reports`,
  };
}

/** The output ends before the run did, or the tool says so itself. */
export function incomplete(reason: Text, line?: number): Problem {
  return {
    level: "error",
    code: "incomplete",
    message: text`the run is not complete: ${reason}`,
    remedy: text`mend what stopped it, and run the benchmarks again`,
    ...(line === undefined ? {} : { line }),
  };
}

const isBelowResolution = ({ unit, value }: Measurement): boolean => unit === "s" && value === 0;

function belowResolution({ benchmark, metric, resolution }: Measurement): Problem {
  const step =
    resolution === undefined ? text`what the tool can tell from nothing` : text`its step of ${figure(formatQuantity(resolution, "s"))}`;
  return {
    level: "warning",
    code: "below-resolution",
    message: text`${benchmark}: ${[metric]} reads 0, which is below ${step}`,
    remedy: text`let the benchmark do more in one operation, or give the output of the tool that has more digits`,
  };
}

const reasonFor = (run: ParsedRun, kept: readonly Measurement[]): { noData?: Text } => {
  if (run.noData !== undefined) return { noData: run.noData };
  if (kept.length > 0) return {};
  return { noData: run.problems.length === 0 ? text`no benchmark ran` : text`no benchmark gave a figure` };
};

/** A run of micro-benchmarks: times of zero become problems, and a run without figures says that it proves nothing. */
export function microRun(run: ParsedRun): ParsedRun {
  const measurements = run.measurements.filter((measurement) => !isBelowResolution(measurement));
  const problems = [...run.problems, ...run.measurements.filter(isBelowResolution).map(belowResolution)];
  return { ...run, measurements, ...reasonFor({ ...run, problems }, measurements), problems };
}

/** Only what the file says. */
export function environmentOf(facts: { readonly [Fact in keyof Environment]?: Environment[Fact] | undefined }): Environment {
  const { cpu, cores, arch, os, runtime } = facts;
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(cores === undefined ? {} : { cores }),
    ...(arch === undefined ? {} : { arch }),
    ...(os === undefined ? {} : { os }),
    ...(runtime === undefined ? {} : { runtime }),
  };
}
