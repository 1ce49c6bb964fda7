import { numeric } from "./json.js";
import { type Selected, select } from "./k6-selector.js";

/** One metric of a k6 summary, alike in both shapes. Times in milliseconds, whatever `summaryTimeUnit` says. */
export interface K6Metric {
  /** As the file has them: `med`, `p(99)`, `count`, `rate`, … */
  readonly values: Readonly<Record<string, unknown>>;
  /** Thresholds that were crossed, as written in the script. */
  readonly crossed: readonly string[];
}

export type K6Metrics = ReadonlyMap<string, K6Metric>;

type Values = K6Metric["values"];

/** The metrics of one selector; absent where k6 wrote none. */
export interface Endpoint {
  readonly name: string;
  /** `http_req_duration` of all requests, and of those with an expected response only. */
  readonly all?: Values;
  readonly successes?: Values;
  readonly requests?: Values;
  readonly failed?: Values;
}

const FAMILIES: Readonly<Record<string, "all" | "requests" | "failed">> = {
  http_req_duration: "all",
  http_reqs: "requests",
  http_req_failed: "failed",
};

/** Where a metric belongs; nothing for other families, and for the requests that failed. */
function roleOf(family: string, expected: string | undefined): Exclude<keyof Endpoint, "name"> | undefined {
  const role = Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
  if (expected === undefined) return role;
  return role === "all" && expected === "true" ? "successes" : undefined;
}

const selectorsOf = (metrics: K6Metrics): readonly Selected[] =>
  [...metrics.keys()].map(select).sort((a, b) => a.rank - b.rank || (a.selector < b.selector ? -1 : 1));

/** A name for each selector. Of two selectors with one name, the later is called by its tags. */
function namesOf(metrics: K6Metrics): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(["*"]);
  for (const { selector, endpoint } of selectorsOf(metrics)) {
    if (selector === "" || names.has(selector)) continue;
    names.set(selector, taken.has(endpoint) ? selector : endpoint);
    taken.add(endpoint);
  }
  return names;
}

/** The endpoints of a run by their name, the total `*` first. */
export function endpoints(metrics: K6Metrics): { readonly total: Endpoint; readonly tagged: readonly Endpoint[] } {
  const names = namesOf(metrics);
  const found = new Map<string, Endpoint>();
  for (const [name, { values }] of metrics) {
    const { family, selector, expected } = select(name);
    const role = roleOf(family, expected);
    const known = found.get(selector) ?? { name: names.get(selector) ?? "*" };
    if (role !== undefined) found.set(selector, { ...known, [role]: values });
  }
  const total = found.get("") ?? { name: "*" };
  found.delete("");
  return { total, tagged: [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** A count that can be one; nothing when the file has none. */
const tally = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 && Number.isFinite(value) ? value : undefined;

/** A value of a metric: absent stays absent, and what is not a number is NaN. */
export function figureOf(values: Values, key: string): number | undefined {
  return key in values ? numeric(values[key]) : undefined;
}

/** `passes` of http_req_failed counts the requests that FAILED: "is failed" passed. */
export function failures({ failed = {} }: Endpoint): number | undefined {
  return tally(failed.passes);
}

/** Requests behind a trend, when the script asked for `count`. */
export function samplesOf(trend: Values): number | undefined {
  return tally(trend.count);
}

/** Requests sent, by the first metric that counts them. */
export function requestsOf({ requests = {}, failed = {}, all = {} }: Endpoint): number | undefined {
  const [passes, fails] = [tally(failed.passes), tally(failed.fails)];
  const both = passes === undefined || fails === undefined ? undefined : passes + fails;
  return tally(requests.count) ?? both ?? tally(all.count);
}

/** Rate of failed requests: `rate` from handleSummary, `value` in the older export. */
export function errorRateOf({ failed = {} }: Endpoint): number | undefined {
  return figureOf(failed, "rate") ?? figureOf(failed, "value");
}

/** A metric whose every value is 0 saw no sample; its thresholds passed without measuring anything. */
export function vacuous(values: Values | undefined): boolean {
  const numbers = Object.values(values ?? {}).filter((value) => typeof value === "number");
  return numbers.length > 0 && numbers.every((value) => value === 0);
}
