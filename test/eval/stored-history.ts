import { z } from "zod";
import type { Better } from "../../src/statistics/judge.js";

/** One benchmark over time. All values above 0 and finite, in one unit. */
export interface Series {
  readonly suite: string;
  readonly name: string;
  readonly better: Better;
  /** Oldest first. */
  readonly values: readonly number[];
  /** The run of the suite that each value belongs to, numbered from 0; values of one run were measured together. */
  readonly runs: readonly number[];
}

export interface HistorySet {
  readonly name: string;
  readonly series: readonly Series[];
}

const bench = z.object({ name: z.string(), value: z.number(), unit: z.string().catch("") });
/** A bench that is not one is skipped and not the whole run: real files hold such. */
const run = z.object({ tool: z.string().catch(""), benches: z.array(bench.nullable().catch(null)) });
const file = z.object({ entries: z.record(z.string(), z.array(run.nullable().catch(null))) });

const SECONDS = new Map([
  ["ns", 1e-9],
  ["us", 1e-6],
  ["µs", 1e-6],
  ["μs", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
]);
/** Per second, whatever is counted: `ops/sec`, `iter/sec`, `ops/s`, `MB/s`, `Hz`. */
const RATE = /(?:\/s(?:ec(?:ond)?)?|hz)$/iu;

interface Scale {
  /** What must agree for values to be one series. */
  readonly dimension: string;
  readonly factor: number;
  readonly better: Better;
}

/** Units come dirty: `ns/op\t   4.000 auxMetricUnits` is nanoseconds. What is counted after the slash of a time is its own affair. */
function scaleOf(unit: string, tool: string): Scale {
  const [first = ""] = unit.trim().split(/\s/u);
  const seconds = SECONDS.get(first.split("/")[0] ?? "");
  const better = RATE.test(first) || tool === "customBiggerIsBetter" ? "higher" : "lower";
  return seconds === undefined || better === "higher"
    ? { dimension: first, factor: 1, better }
    : { dimension: "s", factor: seconds, better };
}

interface Growing extends Series {
  readonly values: number[];
  readonly runs: number[];
}

/** Series of one suite; a benchmark that changes its unit beyond conversion starts a series of its own. */
function suiteSeries(suite: string, runs: readonly (z.infer<typeof run> | null)[]): readonly Series[] {
  const series = new Map<string, Growing>();
  for (const [index, each] of runs.entries()) {
    for (const { name, value, unit } of each?.benches.flatMap((one) => one ?? []) ?? []) {
      if (!(value > 0 && Number.isFinite(value))) continue;
      const { dimension, factor, better } = scaleOf(unit, each?.tool ?? "");
      const key = JSON.stringify([name, dimension, better]);
      const known = series.get(key) ?? { suite, name, better, values: [], runs: [] };
      if (known.runs.at(-1) === index) continue;
      known.values.push(value * factor);
      known.runs.push(index);
      series.set(key, known);
    }
  }
  return [...series.values()];
}

/**
 * Reads the history that github-action-benchmark stores, with or without its JavaScript prefix.
 * @throws Error when it is not JSON of that shape.
 */
export function storedHistory(name: string, content: string): HistorySet {
  const parsed = file.parse(JSON.parse(content.replace(/^\s*window\.BENCHMARK_DATA\s*=\s*/u, "")));
  return { name, series: Object.entries(parsed.entries).flatMap(([suite, runs]) => suiteSeries(suite, runs)) };
}
