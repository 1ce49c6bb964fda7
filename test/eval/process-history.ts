import { z } from "zod";
import { quantile } from "../../src/statistics/quantiles.js";
import type { Series } from "./stored-history.js";

/** One benchmark with the rounds of every process, in run order. */
export interface ProcessSeries {
  readonly name: string;
  /** Seconds; one array a process, at least one round each. */
  readonly rounds: readonly (readonly number[])[];
}

/** Processes of one file of benchmarks, measured one after the other. */
export interface ProcessSet {
  readonly name: string;
  readonly benchmarks: readonly ProcessSeries[];
  /** What a tool that stores one value a run would have stored. */
  readonly medians: readonly Series[];
  readonly minima: readonly Series[];
  /** 25th percentiles, where the file has them of all rounds; else of the sample. */
  readonly quartiles: readonly Series[];
  /** The means, which no judge should use. */
  readonly means: readonly Series[];
}

const positive = z.number().positive();
const row = z.object({
  run: z.number().int().nonnegative(),
  bench: z.string(),
  mean: positive,
  median: positive,
  min: positive,
  p25: positive.optional(),
  sample: z.array(positive).min(1),
});
type Row = z.infer<typeof row>;

/** The sample is spaced evenly in time and usually lacks the fastest round, which is known apart. */
function roundsOf({ sample, min }: Row): readonly number[] {
  const smallest = sample.indexOf(Math.min(...sample));
  return sample.map((value, index) => (index === smallest ? min : value));
}

function seriesOf(suite: string, groups: ReadonlyMap<string, readonly Row[]>, value: (row: Row) => number): readonly Series[] {
  return [...groups].map(([name, rows]) => ({
    suite,
    name,
    better: "lower",
    values: rows.map(value),
    runs: rows.map((each) => each.run),
  }));
}

function parsed(line: string): readonly Row[] {
  try {
    const result = row.safeParse(JSON.parse(line));
    return result.success ? [result.data] : [];
  } catch {
    return [];
  }
}

function byBenchmark(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const each of rows) {
    const group = groups.get(each.bench) ?? [];
    group.push(each);
    groups.set(each.bench, group);
  }
  return groups;
}

/**
 * Reads `{run, bench, mean, median, min, sample}` a line; a line that is none, such as a cut last one, is skipped.
 * @throws Error when no line is one.
 */
export function processHistory(name: string, content: string): ProcessSet {
  const rows = content.split("\n").flatMap(parsed);
  if (rows.length === 0) throw new Error("no line is a process with run, bench, mean, median, min and sample");
  const groups = byBenchmark(rows.sort((a, b) => a.run - b.run));
  return {
    name,
    benchmarks: [...groups].map(([bench, each]) => ({ name: bench, rounds: each.map(roundsOf) })),
    medians: seriesOf(name, groups, (each) => each.median),
    minima: seriesOf(name, groups, (each) => each.min),
    quartiles: seriesOf(name, groups, (each) => each.p25 ?? quantile(each.sample, 0.25)),
    means: seriesOf(name, groups, (each) => each.mean),
  };
}
