import { z } from "zod";
import type { ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import type { Percentile, Step } from "./load.js";
import { type EndpointFigures, loadRun } from "./load-run.js";

const id = "artillery";
const title = "artillery run --output";

const tally = z.number().nonnegative();
const summary = z.looseObject({ count: z.number().int().nonnegative() });
const file = z.looseObject({
  aggregate: z.looseObject({
    counters: z.record(z.string(), tally),
    summaries: z.record(z.string(), summary).default({}),
    firstMetricAt: z.number().optional(),
    lastMetricAt: z.number().optional(),
  }),
});
type Aggregate = z.infer<typeof file>["aggregate"];

const PLUGIN = "plugins.metrics-by-endpoint.";
const TIMES = `${PLUGIN}response_time.`;

const KEYS = {
  mean: "mean",
  p50: "p50",
  p75: "p75",
  p90: "p90",
  p95: "p95",
  p99: "p99",
  p99_9: "p999",
  max: "max",
} as const satisfies Partial<Record<Percentile, string>>;

/** Whole milliseconds; percentiles come from a sketch whose buckets grow by 2 %. */
const step: Step = (percentile, seconds) => (percentile === "mean" || percentile === "max" ? 0.001 : Math.max(0.001, seconds * 0.02));

function recognizes(head: Uint8Array): boolean {
  const { aggregate } = fields(peek(head));
  const { counters } = fields(aggregate);
  return (
    typeof counters === "object" && Object.keys(fields(counters)).some((name) => /^(?:vusers|http|plugins|errors|engine)\./.test(name))
  );
}

function secondsOf(times: Readonly<Record<string, unknown>>): EndpointFigures["seconds"] {
  const given = Object.entries(KEYS).flatMap(([percentile, key]) => (key in times ? [[percentile, numeric(times[key]) / 1000]] : []));
  return Object.fromEntries(given);
}

/** Counters below a prefix, by what follows it: `http.codes.200` is one of `http.codes.`. */
function below({ counters }: Aggregate, prefix: string): Readonly<Record<string, number>> {
  const found = Object.entries(counters).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, times]) => [name.slice(prefix.length), times]));
}

const sumOf = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, times) => sum + times, 0);

/** What answered 2xx or 3xx succeeded. A 5xx is not among artillery's own `vusers.failed`. */
const goodOf = (codes: Readonly<Record<string, number>>): number =>
  sumOf(Object.fromEntries(Object.entries(codes).filter(([status]) => /^[23]\d\d$/.test(status))));

function perSecondOf({ firstMetricAt = 0, lastMetricAt = 0 }: Aggregate, responses: number): { perSecond?: number } {
  return lastMetricAt > firstMetricAt ? { perSecond: responses / ((lastMetricAt - firstMetricAt) / 1000) } : {};
}

/** Answers below 400 are timed by themselves for the run only, and only the 2xx. */
function totalOf(aggregate: Aggregate): EndpointFigures {
  const { counters, summaries } = aggregate;
  const codes = below(aggregate, "http.codes.");
  const requests = counters["http.requests"] ?? 0;
  const failed = requests - Math.min(requests, goodOf(codes));
  const successes = summaries["http.response_time.2xx"];
  const times = successes ?? summaries["http.response_time"];
  return {
    endpoint: "*",
    requests,
    failed,
    byStatus: codes,
    seconds: secondsOf(times ?? {}),
    ...(times === undefined ? {} : { timed: times.count }),
    ...(successes === undefined ? {} : { successesOnly: true as const }),
    ...perSecondOf(aggregate, counters["http.responses"] ?? sumOf(codes)),
    resolution: step,
  };
}

function endpointOf(aggregate: Aggregate, endpoint: string): EndpointFigures {
  const codes = below(aggregate, `${PLUGIN}${endpoint}.codes.`);
  const requests = sumOf(codes) + sumOf(below(aggregate, `${PLUGIN}${endpoint}.errors.`));
  const times = aggregate.summaries[`${TIMES}${endpoint}`];
  return {
    endpoint,
    requests,
    failed: requests - goodOf(codes),
    seconds: secondsOf(times ?? {}),
    ...(times === undefined ? {} : { timed: times.count }),
    ...perSecondOf(aggregate, sumOf(codes)),
    resolution: step,
  };
}

/** An endpoint that never answered has no times, only counters. */
function endpointsOf(aggregate: Aggregate): readonly string[] {
  const timed = Object.keys(aggregate.summaries).filter((name) => name.startsWith(TIMES));
  const failed = Object.keys(below(aggregate, PLUGIN)).flatMap((name) => /^(.+)\.errors\.[^.]+$/.exec(name)?.[1] ?? []);
  return [...new Set([...timed.map((name) => name.slice(TIMES.length)), ...failed])].sort();
}

function byEndpoint(endpoints: readonly string[]): Problem[] {
  if (endpoints.length > 0) return [];
  const message = text`artillery did not measure the endpoints by themselves: a budget on one of them cannot be checked`;
  const remedy = text`add to the script's config: ${"plugins: { metrics-by-endpoint: {} }"}`;
  return [{ level: "warning", code: "missing-endpoints", message, remedy }];
}

/** `intermediate` holds the same requests again, in windows of ten seconds. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { aggregate } = shaped(file, await readJson(chunks), title);
  const names = endpointsOf(aggregate);
  const endpoints = names.map((name) => endpointOf(aggregate, name));
  return loadRun({ format: id, tool: "artillery", total: totalOf(aggregate), endpoints, problems: byEndpoint(names) });
}

export const artillery: ResultFormat = { id, title, recognizes, parse };
