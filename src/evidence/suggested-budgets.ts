import { type Results, seriesKey } from "../model/evidence.js";
import type { Measurement } from "../model/measurement.js";
import { formatQuantity, formatShare } from "../statistics/quantity.js";
import { suggestErrorRate, suggestLimit } from "../statistics/suggest-limit.js";
import { usableFiles } from "./results.js";

/** What is suggested for an endpoint: the tail, the rate and the errors. A benchmark's budget is its time. */
const METRICS: Readonly<Record<string, string>> = {
  latency_p95: "latency_p95",
  latency_p99: "latency_p99",
  throughput: "throughput_min",
  error_rate: "error_rate_max",
};

/** Names that a configuration accepts: printable, and not too long. */
const ACCEPTED = /^[^\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]{1,200}$/u;

const short = (value: number): string => String(Number(value.toPrecision(6)));

function duration(seconds: number): string {
  if (seconds >= 1e-3) return `${short(seconds * 1e3)}ms`;
  return seconds >= 1e-6 ? `${short(seconds * 1e6)}us` : `${short(seconds * 1e9)}ns`;
}

/** A quantity as the configuration reads it: 12 digits before and 9 after the point are enough for any of these. */
function written(value: number, unit: Measurement["unit"]): string {
  if (unit === "1/s") return `${short(value)}/s`;
  if (unit === "s") return duration(value);
  return `${short(value * 100)}%`;
}

interface Series {
  readonly first: Measurement;
  readonly values: readonly number[];
}

function seriesOf(results: Results): readonly Series[] {
  const all = new Map<string, Series>();
  for (const measurement of usableFiles(results).flatMap(({ run }) => run.measurements)) {
    const key = seriesKey(measurement);
    const known = all.get(key) ?? { first: measurement, values: [] };
    all.set(key, { ...known, values: [...known.values, measurement.value] });
  }
  return [...all.values()];
}

function line(metric: string, { first, values }: Series): string {
  const runs = `${values.length} ${values.length === 1 ? "run" : "runs"}`;
  if (first.metric === "error_rate") {
    return `${metric}: ${written(suggestErrorRate(values), "1")} # at most ${formatShare(Math.max(...values))} in ${runs}`;
  }
  const suggested = suggestLimit(values, first.better === "higher" ? "at-least" : "at-most");
  const noise = values.length < 5 ? "too few to know the noise" : `noise ${formatShare(suggested.noise)}`;
  return `${metric}: ${written(suggested.limit, first.unit)} # median ${formatQuantity(suggested.median, first.unit)} of ${runs}, ${noise}`;
}

const grouped = (all: readonly (readonly [string, string])[], indent: string): readonly string[] => {
  const groups = new Map<string, string[]>();
  for (const [name, text] of all) groups.set(name, [...(groups.get(name) ?? []), text]);
  return [...groups].flatMap(([name, lines]) => [`${indent}${JSON.stringify(name)}:`, ...lines.map((text) => `${indent}  ${text}`)]);
};

function endpointLines(all: readonly Series[]): readonly string[] {
  const lines = all.flatMap((series): (readonly [string, string])[] => {
    const { endpoint, metric } = series.first;
    const name = Object.hasOwn(METRICS, metric) ? METRICS[metric] : undefined;
    return endpoint === undefined || name === undefined || !ACCEPTED.test(endpoint) ? [] : [[endpoint, line(name, series)]];
  });
  return lines.length === 0 ? [] : ["endpoints:", ...grouped(lines, "  ")];
}

function benchmarkLines(all: readonly Series[]): readonly string[] {
  const lines = all.flatMap((series): (readonly [string, string])[] => {
    const { endpoint, benchmark, metric, unit } = series.first;
    return endpoint !== undefined || metric !== "time" || unit !== "s" || !ACCEPTED.test(benchmark)
      ? []
      : [[benchmark, line(metric, series)]];
  });
  return lines.length === 0 ? [] : ["benchmarks:", "  budgets:", ...grouped(lines, "    ")];
}

/**
 * Limits that these runs would have kept, as a piece of the configuration: a fifth of headroom, or three standard
 * deviations where the noise is larger. Empty when nothing was measured that a budget could limit.
 */
export function suggestBudgets(results: Results): string {
  const all = seriesOf(results).filter(({ values, first }) => values.every((value) => value > 0 || first.metric === "error_rate"));
  const lines = [...endpointLines(all), ...benchmarkLines(all)];
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
