import type { Measurement, ParsedRun, Problem } from "../model/measurement.js";
import { numeric } from "./json.js";
import { microRun } from "./micro.js";

/** What a tool says of one benchmark's time per operation; unknown values are read as missing. */
interface Timing {
  readonly min: unknown;
  readonly median: unknown;
  /** Every round of the one process, or nothing: a part of them says little. */
  readonly rounds?: readonly unknown[] | null | undefined;
  readonly n?: unknown;
}

/**
 * The time per operation in seconds, judged by its fastest round (statistics: the mean follows whatever else the machine did).
 * @param scale one unit of the tool in seconds
 */
export function timed(benchmark: string, { min, median, rounds, n }: Timing, scale: number): Measurement {
  const all = rounds != null && rounds.length > 0 && (n === undefined || rounds.length === n) ? rounds : undefined;
  const known = numeric(n ?? all?.length);
  return {
    benchmark,
    metric: "time",
    unit: "s",
    better: "lower",
    statistic: "min",
    value: numeric(min) * scale,
    ...(median === undefined || median === null ? {} : { typical: numeric(median) * scale }),
    ...(all === undefined ? {} : { rounds: all.map((round) => numeric(round) * scale) }),
    ...(Number.isNaN(known) ? {} : { n: known }),
  };
}

/** What became of one benchmark of a file. */
export type Reading = Measurement | Problem;

const isProblem = (reading: Reading): reading is Problem => "level" in reading;
const isMeasurement = (reading: Reading): reading is Measurement => !isProblem(reading);

/** The run of a file whose benchmarks were read one by one. */
export function runOfReadings(about: Pick<ParsedRun, "format" | "tool" | "environment">, readings: readonly Reading[]): ParsedRun {
  return microRun({ ...about, measurements: readings.filter(isMeasurement), problems: readings.filter(isProblem) });
}

/** A benchmark's name with its parameters, in an order of their own: `sleep 0.1 (delay=1, file=a)`. */
export function withParameters(name: string, parameters: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? name : `${name} (${entries.map(([key, value]) => `${key}=${String(value)}`).join(", ")})`;
}
