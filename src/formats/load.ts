import type { Measurement, Problem, Statistic } from "../model/measurement.js";
import { figure, join, type Text, text } from "../model/text.js";

/** Figures of one endpoint, with what had to be left out of them. */
export interface Figures {
  readonly measurements: readonly Measurement[];
  readonly problems: readonly Problem[];
}

/** The tool's smallest step near a figure, in seconds; undefined where it writes all digits. */
export type Step = (percentile: Percentile, seconds: number) => number | undefined;

/** One endpoint's requests, as far as the tool counts them. */
export interface Sampled {
  /** `GET /api/checkout`, a URL, or `*` for the run's total. */
  readonly endpoint: string;
  readonly requests?: number;
  /** The tool's smallest step in seconds, the same for every figure or by its size. */
  readonly resolution?: number | Step;
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

/** The latency statistic of a percentage, such as 97.5; undefined for one that has no name here. */
export function percentileOf(percentage: number): Percentile | undefined {
  const name = percentage === 100 ? "max" : `p${String(percentage).replace(".", "_")}`;
  return percentiles.find((percentile) => percentile === name);
}

/** Percentages and seconds as named statistics, of two for one percentage the first; those without a name here are left out. */
export function latencyPercentiles(
  given: readonly (readonly [percentage: number, seconds: number])[],
): Partial<Record<Percentile, number>> {
  const named = given.flatMap(([percentage, seconds]): [Percentile, number][] => {
    const percentile = percentileOf(percentage);
    return percentile === undefined ? [] : [[percentile, seconds]];
  });
  return Object.fromEntries(named.toReversed());
}
export const isPercentile = (name: string): name is Percentile => Object.hasOwn(FEWEST, name);

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

const stepOf = ({ resolution }: Sampled, percentile: Percentile, seconds: number): number | undefined =>
  typeof resolution === "function" ? resolution(percentile, seconds) : resolution;

function belowResolution(sampled: Sampled, zeros: readonly Percentile[]): Problem[] {
  const [first] = zeros;
  if (first === undefined) return [];
  const { endpoint } = sampled;
  const resolution = stepOf(sampled, first, 0) ?? 0;
  const message = text`${endpoint}: ${named(zeros)} read 0, below the tool's step of ${figure(`${resolution * 1000} ms`)}`;
  const remedy = text`measure so fast an endpoint with a tool of finer resolution, such as k6`;
  return [{ level: "warning", code: "below-resolution", message, remedy }];
}

const counted = ({ endpoint, requests }: Sampled) => ({
  benchmark: endpoint,
  endpoint,
  ...(requests === undefined ? {} : { n: requests }),
});

function latency(sampled: Sampled, percentile: Percentile, value: number): Measurement {
  const resolution = stepOf(sampled, percentile, value);
  return {
    ...counted(sampled),
    metric: `latency_${percentile}`,
    unit: "s",
    better: "lower",
    statistic: percentile,
    value,
    ...(resolution === undefined ? {} : { resolution }),
  };
}

/** Latency statistics in seconds; those with too few requests behind them or rounded to zero become problems. */
export function latencies(sampled: Sampled, seconds: Readonly<Partial<Record<Percentile, number>>>): Figures {
  const { requests = Number.POSITIVE_INFINITY } = sampled;
  const given = percentiles.filter((percentile) => seconds[percentile] !== undefined);
  const enough = given.filter((percentile) => requests >= FEWEST[percentile]);
  const zeros = enough.filter((percentile) => seconds[percentile] === 0 && stepOf(sampled, percentile, 0) !== undefined);
  const few = given.filter((percentile) => !enough.includes(percentile));
  const measurements = enough
    .filter((percentile) => !zeros.includes(percentile))
    .map((percentile) => latency(sampled, percentile, seconds[percentile] ?? Number.NaN));
  return { measurements, problems: [...tooFew(sampled, few), ...belowResolution(sampled, zeros)] };
}

/** Without p99.99 where the tool always writes it and the requests cannot carry it: nobody asked for it, so nothing is said. */
export function withoutFinest(
  { p99_99, ...others }: Readonly<Partial<Record<Percentile, number>>>,
  requests: number,
): Readonly<Partial<Record<Percentile, number>>> {
  return p99_99 === undefined || requests < FEWEST.p99_99 ? others : { ...others, p99_99 };
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
