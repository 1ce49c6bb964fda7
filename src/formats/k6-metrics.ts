import type { Load, Measurement, ParsedRun, Problem } from "../model/measurement.js";
import { join, type Text, text } from "../model/text.js";
import {
  type Endpoint,
  endpoints,
  errorRateOf,
  failures,
  figureOf,
  type K6Metric,
  type K6Metrics,
  requestsOf,
  samplesOf,
  vacuous,
} from "./k6-endpoints.js";
import { count, errorRate, type Figures, latencies, mixedIn, type Percentile, throughput } from "./load.js";

/** The option to add to a k6 script, because p(99) is not among the default statistics. */
export const TREND_STATS = 'summaryTrendStats: ["avg","min","med","max","p(90)","p(95)","p(99)","count"]';

const warning = (code: string, message: Text, remedy?: Text): Problem => ({
  level: "warning",
  code,
  message,
  ...(remedy === undefined ? {} : { remedy }),
});

const KEYS = {
  mean: "avg",
  p50: "med",
  p75: "p(75)",
  p90: "p(90)",
  p95: "p(95)",
  p97_5: "p(97.5)",
  p99: "p(99)",
  p99_9: "p(99.9)",
  p99_99: "p(99.99)",
  max: "max",
} as const satisfies Readonly<Record<Percentile, string>>;

/** k6 writes times in milliseconds. */
function percentilesOf(trend: K6Metric["values"]): Parameters<typeof latencies>[1] {
  const given = Object.entries(KEYS).flatMap(([percentile, key]) => {
    const milliseconds = figureOf(trend, key);
    return milliseconds === undefined ? [] : [[percentile, milliseconds / 1000]];
  });
  return Object.fromEntries(given);
}

function missingPercentile({ successes, all = {} }: Endpoint): Problem[] {
  const missing = [KEYS.p50, KEYS.p95, KEYS.p99].filter((key) => !(key in (successes ?? all)));
  if (missing.length === 0) return [];
  const message = text`k6 did not write ${join(
    missing.map((key) => [key]),
    ", ",
  )}: a budget on it cannot be checked`;
  return [warning("missing-percentile", message, text`add to the script's options: ${TREND_STATS}`)];
}

const unseen = (name: string): Problem =>
  warning(
    "vacuous-threshold",
    text`${name}: k6 saw no such request, so its threshold passed without measuring anything`,
    text`check that the selector's tags are those of the requests`,
  );

/** Latencies of successes where the file separates them; of everything otherwise, and then it says so. */
function timesOf(endpoint: Endpoint, totalRate: number): Figures {
  const { name, all = {}, successes } = endpoint;
  const trend = successes ?? all;
  const rate = errorRateOf(endpoint) ?? totalRate;
  if (errorRateOf(endpoint) === 1) return { measurements: [], problems: [warning("no-success", text`${name}: every request failed`)] };
  if (vacuous(trend)) return { measurements: [], problems: [unseen(name)] };
  const sent = requestsOf(endpoint);
  const succeeded = sent === undefined ? undefined : sent - (failures(endpoint) ?? 0);
  const requests = successes === undefined ? sent : (samplesOf(trend) ?? succeeded);
  const times = latencies({ endpoint: name, ...(requests === undefined ? {} : { requests }) }, percentilesOf(trend));
  const mixed = successes === undefined && rate > 0 && times.measurements.length > 0 ? [mixedIn(name)] : [];
  return { measurements: times.measurements, problems: [...times.problems, ...mixed] };
}

/** k6's own rates, where it wrote them for this endpoint and saw a request. */
function ratesOf(endpoint: Endpoint): Measurement[] {
  const requests = requestsOf(endpoint);
  const sampled = { endpoint: endpoint.name, ...(requests === undefined ? {} : { requests }) };
  const perSecond = vacuous(endpoint.requests) ? undefined : figureOf(endpoint.requests ?? {}, "rate");
  const failed = vacuous(endpoint.failed) ? undefined : errorRateOf(endpoint);
  return [
    ...(perSecond === undefined ? [] : [throughput(sampled, perSecond)]),
    ...(failed === undefined ? [] : [errorRate(sampled, failed)]),
  ];
}

function figures(endpoint: Endpoint, totalRate: number): Figures {
  const times = timesOf(endpoint, totalRate);
  const silent = [endpoint.requests, endpoint.failed].some(vacuous) && !times.problems.some(({ code }) => code === "vacuous-threshold");
  return {
    measurements: [...times.measurements, ...ratesOf(endpoint)],
    problems: [...times.problems, ...(silent ? [unseen(endpoint.name)] : [])],
  };
}

function loadOf(total: Endpoint): Load | undefined {
  const [requests, failed] = [requestsOf(total), failures(total)];
  return requests === undefined || failed === undefined
    ? undefined
    : { requests, failed, errorRate: requests === 0 ? 0 : failed / requests };
}

function whyNothing(total: Endpoint, load: Load | undefined): Text | undefined {
  const requests = requestsOf(total) ?? 0;
  if (requests === 0) return text`k6 counted no HTTP request`;
  return errorRateOf(total) === 1 || (load !== undefined && load.failed >= requests)
    ? text`all ${count(requests)} requests failed`
    : undefined;
}

function crossed(metrics: K6Metrics): Problem[] {
  return [...metrics]
    .flatMap(([name, metric]) => metric.crossed.map((threshold) => ({ name, threshold })))
    .map(({ name, threshold }) => warning("threshold-crossed", text`k6's own threshold ${threshold} on ${name} was crossed`));
}

const uncounted = (): Problem =>
  warning("missing-error-rate", text`the file does not say how many requests failed (no http_req_failed)`, text`use k6 0.31 or later`);

/**
 * A run from the metrics of either k6 shape: the total under `*` and every tagged sub-metric under its
 * endpoint. The order of the metrics does not matter, k6 writes them in any.
 */
export function k6Run(format: string, metrics: K6Metrics): ParsedRun {
  const { total, tagged } = endpoints(metrics);
  const load = loadOf(total);
  const run = { format, tool: "k6", ...(load === undefined ? {} : { load }) };
  const noData = whyNothing(total, load);
  if (noData !== undefined) return { ...run, measurements: [], noData, problems: crossed(metrics) };
  const all = [total, ...tagged].map((endpoint) => figures(endpoint, errorRateOf(total) ?? 0));
  return {
    ...run,
    measurements: all.flatMap(({ measurements }) => measurements),
    problems: [
      ...missingPercentile(total),
      ...all.flatMap(({ problems }) => problems),
      ...(errorRateOf(total) === undefined ? [uncounted()] : []),
      ...crossed(metrics),
    ],
  };
}
