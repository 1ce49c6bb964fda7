import type { Measurement, Problem, Statistic } from "../model/measurement.js";
import { figure, join, type Text, text } from "../model/text.js";

/** Figures of one endpoint, with what had to be left out of them. */
export interface Figures {
  readonly measurements: readonly Measurement[];
  readonly problems: readonly Problem[];
}

/** One endpoint's requests, as far as the tool counts them. */
export interface Sampled {
  /** `GET /api/checkout`, a URL, or `*` for the run's total. */
  readonly endpoint: string;
  readonly requests?: number;
  /** The tool's smallest step, in seconds. */
  readonly resolution?: number;
}

/** Fewest requests for which a percentile is more than the largest value: 1 / (1 − p). */
const FEWEST = {
  mean: 1,
  max: 1,
  p50: 2,
  p75: 4,
  p90: 10,
  p95: 20,
  p97_5: 40,
  p99: 100,
  p99_9: 1_000,
  p99_99: 10_000,
} as const satisfies Partial<Record<Statistic, number>>;

export type Percentile = keyof typeof FEWEST;

const percentiles: readonly Percentile[] = ["mean", "p50", "p75", "p90", "p95", "p97_5", "p99", "p99_9", "p99_99", "max"];

/** A count with thousands separators. */
export function count(number: number): Text {
  return figure(number.toLocaleString("en-US"));
}

const named = (list: readonly Percentile[]): Text =>
  join(
    list.map((percentile) => [`latency_${percentile}`]),
    ", ",
  );

function tooFew({ endpoint, requests = 0 }: Sampled, few: readonly Percentile[]): Problem[] {
  if (few.length === 0) return [];
  const needed = Math.max(...few.map((percentile) => FEWEST[percentile]));
  const message = text`${endpoint}: ${count(requests)} requests are too few for ${named(few)}`;
  const remedy = text`send at least ${count(needed)} requests to it`;
  return [{ level: "warning", code: "too-few-samples", message, remedy }];
}

function belowResolution({ endpoint, resolution = 0 }: Sampled, zeros: readonly Percentile[]): Problem[] {
  if (zeros.length === 0) return [];
  const message = text`${endpoint}: ${named(zeros)} read 0, below the tool's step of ${figure(`${resolution * 1000} ms`)}`;
  const remedy = text`measure so fast an endpoint with a tool of finer resolution, such as k6`;
  return [{ level: "warning", code: "below-resolution", message, remedy }];
}

const counted = ({ endpoint, requests }: Sampled) => ({
  benchmark: endpoint,
  endpoint,
  ...(requests === undefined ? {} : { n: requests }),
});

/** Latency statistics in seconds; those with too few requests behind them or rounded to zero become problems. */
export function latencies(sampled: Sampled, seconds: Readonly<Partial<Record<Percentile, number>>>): Figures {
  const { requests = Number.POSITIVE_INFINITY, resolution } = sampled;
  const given = percentiles.filter((percentile) => seconds[percentile] !== undefined);
  const enough = given.filter((percentile) => requests >= FEWEST[percentile]);
  const zeros = resolution === undefined ? [] : enough.filter((percentile) => seconds[percentile] === 0);
  const few = given.filter((percentile) => !enough.includes(percentile));
  const measurements = enough
    .filter((percentile) => !zeros.includes(percentile))
    .map(
      (percentile): Measurement => ({
        ...counted(sampled),
        metric: `latency_${percentile}`,
        unit: "s",
        better: "lower",
        statistic: percentile,
        value: seconds[percentile] ?? Number.NaN,
        ...(resolution === undefined ? {} : { resolution }),
      }),
    );
  return { measurements, problems: [...tooFew(sampled, few), ...belowResolution(sampled, zeros)] };
}

/** Requests per second. */
export function throughput(sampled: Sampled, perSecond: number): Measurement {
  return { ...counted(sampled), metric: "throughput", unit: "1/s", better: "higher", statistic: "rate", value: perSecond };
}

/** Failed requests of all requests, 0..1. */
export function errorRate(sampled: Sampled, rate: number): Measurement {
  return { ...counted(sampled), metric: "error_rate", unit: "1", better: "lower", statistic: "rate", value: rate };
}

/** Failures often answer faster than successes: a percentile over both looks better than the service is. */
export function mixedIn(endpoint: string): Problem {
  const message = text`${endpoint}: the latencies may include those of failed requests`;
  return { level: "warning", code: "failures-mixed-in", message };
}
