import type { Load, Measurement, Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { count, errorRate, type Figures, isPercentile, latencies } from "./load.js";
import type { Result } from "./redline-results-schema.js";

type Requests = { readonly requests: number; readonly failed: number };
type Endpoint = { readonly results: readonly Result[]; readonly counts?: Requests };
type Measure = (one: Result) => Measurement;

/** Every result of an endpoint may repeat its counts; the first that states them is the one to agree with. */
function byEndpoint(results: readonly Result[]): ReadonlyMap<string | undefined, Endpoint> {
  const endpoints = new Map<string | undefined, { results: Result[]; counts?: Requests }>();
  for (const one of results) {
    const known = endpoints.get(one.endpoint) ?? { results: [] };
    endpoints.set(one.endpoint, known);
    known.results.push(one);
    if (one.requests !== undefined) known.counts ??= { requests: one.requests, failed: one.failed ?? 0 };
  }
  return endpoints;
}

const contradicts = ({ requests, failed = 0 }: Result, first: Requests): boolean =>
  requests !== undefined && (requests !== first.requests || failed !== first.failed);

function whyNothing({ requests, failed }: Requests): Text | undefined {
  if (requests === 0) return text`no request was sent`;
  return failed === requests ? text`all ${count(requests)} requests failed` : undefined;
}

const refused = (problem: Omit<Problem, "level">): Figures => ({ measurements: [], problems: [{ level: "error", ...problem }] });

const differing = (endpoint: string): Figures =>
  refused({
    code: "contradiction",
    message: text`${endpoint}: its results do not agree on how many requests were sent and failed`,
    remedy: text`state the same counts in every result of an endpoint, or in one of them only`,
  });

/** A percentile needs its number of requests, whichever tool found it. */
function counted(measurement: Measurement, endpoint: string, { requests }: Requests): Figures {
  const { statistic, unit, value } = measurement;
  const read = { ...measurement, n: requests };
  if (!isPercentile(statistic) || unit !== "s") return { measurements: [read], problems: [] };
  const enough = latencies({ endpoint, requests }, { [statistic]: value });
  return { measurements: enough.measurements.map(() => read), problems: enough.problems };
}

/** One endpoint's results, with the error rate that its counts give. */
function ofEndpoint(endpoint: string, { results, counts }: Endpoint, measure: Measure): Figures {
  if (counts === undefined) return { measurements: results.map(measure), problems: [] };
  if (results.some((one) => contradicts(one, counts))) return differing(endpoint);
  const why = whyNothing(counts);
  if (why !== undefined) return refused({ code: "no-data", message: text`${endpoint}: ${why}` });
  const parts = results.map((one) => counted(measure(one), endpoint, counts));
  const stated = results.some(({ metric }) => metric === "error_rate");
  const rate = errorRate({ endpoint, requests: counts.requests }, counts.failed / counts.requests);
  return {
    measurements: [...parts.flatMap((part) => part.measurements), ...(stated ? [] : [rate])],
    problems: parts.flatMap((part) => part.problems),
  };
}

/** The total `*`, where it is given, already holds the others' requests. */
function loadOf(endpoints: ReadonlyMap<string | undefined, Endpoint>): Load | undefined {
  const total = endpoints.get("*")?.counts;
  const counts = total === undefined ? [...endpoints.values()].flatMap((one) => one.counts ?? []) : [total];
  if (counts.length === 0) return undefined;
  const requests = counts.reduce((sum, one) => sum + one.requests, 0);
  const failed = counts.reduce((sum, one) => sum + one.failed, 0);
  return { requests, failed, errorRate: requests === 0 ? 0 : failed / requests };
}

/** What all results say together; `noData` when nothing succeeded at all. */
interface Requested extends Figures {
  readonly load?: Load;
  readonly noData?: Text;
}

/** Groups results by endpoint: those of an endpoint without a success are no figures. Linear in their number. */
export function ofEndpoints(results: readonly Result[], measure: Measure): Requested {
  const endpoints = byEndpoint(results);
  const parts = [...endpoints].map(([endpoint, one]) =>
    endpoint === undefined ? { measurements: one.results.map(measure), problems: [] } : ofEndpoint(endpoint, one, measure),
  );
  const load = loadOf(endpoints);
  const noData = load && whyNothing(load);
  return {
    measurements: parts.flatMap((part) => part.measurements),
    problems: parts.flatMap((part) => part.problems),
    ...(load === undefined ? {} : { load }),
    ...(noData === undefined ? {} : { noData }),
  };
}
