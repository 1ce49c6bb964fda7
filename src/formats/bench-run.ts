import type { Measurement, PairedSeries, ParsedRun, Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import { geometricMedian, median } from "../statistics/quantiles.js";
import type { BenchBundle, BenchSeries } from "./bench-bundle.js";
import { commandLine } from "./command-line.js";

export const BENCH_FORMAT = "redline-bench";

/** The best round where the figure is one; any other figure has no rounds that could stand for it. */
function ofProcess(rounds: readonly number[], { statistic }: BenchSeries): number {
  return statistic === "min" ? rounds.reduce((least, value) => Math.min(least, value)) : median(rounds);
}

const isPositive = (value: number): boolean => value > 0;

/** Geometric where it can be, so that a rate and the time it is the inverse of agree. */
const middle = (values: readonly number[]): number => (values.every(isPositive) ? geometricMedian(values) : median(values));

/** The head's figure is that of its middle process, so that it can be set beside a file of one run of the tool. */
function measurement(series: BenchSeries): Measurement {
  const { base: _, head, ...identity } = series;
  const typical = series.statistic === "min" ? { typical: middle(head.map((rounds) => median(rounds))) } : {};
  return {
    ...identity,
    value: middle(head.map((rounds) => ofProcess(rounds, series))),
    ...typical,
    processes: head,
    n: head.length,
  };
}

function paired({ statistic: _, ...series }: BenchSeries): PairedSeries {
  return series;
}

const warning = (code: string, message: Problem["message"]): Problem => ({ level: "warning", code, message });

function stopped({ state, reason }: BenchBundle): readonly Problem[] {
  if (state === "complete") return [];
  const why = reason === null ? [] : text`: ${reason}`;
  return [warning("incomplete", text`redline bench had not finished${why}`)];
}

function problems(bundle: BenchBundle): readonly Problem[] {
  const { runs } = bundle;
  const failed = runs.filter(({ outcome }) => outcome !== "measured").length;
  const gave = failed === 0 ? [] : [warning("failed-runs", text`${failed} of ${runs.length} runs of the command gave no result`)];
  return [...stopped(bundle), ...gave];
}

/** What a bundle holds, as a result file is read: evidence of mode A, and the head's own figures. */
export function benchRun(bundle: BenchBundle): ParsedRun {
  const measured = bundle.series.filter(({ head }) => head.length > 0);
  return {
    format: BENCH_FORMAT,
    tool: bundle.tool,
    measurements: measured.map(measurement),
    ...(measured.length === 0 && { noData: text`nothing was measured at the head` }),
    environment: bundle.environment,
    paired: { base: bundle.base.sha, head: bundle.head.sha, ...commandLine(bundle.command), series: bundle.series.map(paired) },
    problems: problems(bundle),
  };
}
