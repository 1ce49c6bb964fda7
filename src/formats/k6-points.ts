import { LONGEST } from "./request-tally.js";

/** What a line of the stream says of one request; nothing else of it is looked at. */
export interface Point {
  readonly metric: "http_req_duration" | "http_req_failed";
  /** RFC 3339. */
  readonly time: string;
  /** Milliseconds, or 1 for a failed request and 0 for another. */
  readonly value: number;
  /** The tag `name`, which is the URL unless the script gives another. */
  readonly name: string | undefined;
  readonly method: string | undefined;
  readonly status: string | undefined;
  readonly group: string | undefined;
  /** `"true"` or `"false"`; undefined where the script does not say what it expects. */
  readonly expected: string | undefined;
}

const METRIC = '{"metric":"';
const KEPT = ["http_req_duration", "http_req_failed"] as const;

const isKept = (metric: unknown): metric is Point["metric"] => KEPT.some((kept) => kept === metric);

const DURATION = `${METRIC}http_req_duration"`;
const FAILED = `${METRIC}http_req_failed"`;

/** k6 puts a point's metric first, so that most lines are told apart without parsing them. */
export function isOthers(text: string, at: number): boolean {
  return text.startsWith(METRIC, at) && !text.startsWith(DURATION, at) && !text.startsWith(FAILED, at);
}

const isTextOrAbsent = (value: unknown): value is string | undefined => value === undefined || typeof value === "string";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/** Failed is 1 and succeeded 0; a latency is above nothing and below what anybody waits for. */
const isPossible = (metric: Point["metric"], value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value <= (metric === "http_req_failed" ? 1 : LONGEST * 1000);

/**
 * Every field that is used is checked, by hand: a zod schema needs six times as long for the same
 * (docs/decisions/0012-large-results-are-streamed.md).
 */
function pointOf(metric: Point["metric"], data: unknown): Point | undefined {
  if (!isObject(data) || !isObject(data.tags)) return undefined;
  const { time, value } = data;
  const { name, url, method, status, group, expected_response: expected } = data.tags;
  const named = isTextOrAbsent(name) && isTextOrAbsent(url) && isTextOrAbsent(method);
  const told = isTextOrAbsent(status) && isTextOrAbsent(group) && isTextOrAbsent(expected);
  if (!named || !told || typeof time !== "string" || !isPossible(metric, value)) return undefined;
  return { metric, time, value, name: name ?? url, method, status, group, expected };
}

/** What a whole line is: a point to be kept, the metric that it defines, something that needs no look, or broken. */
export type Line = { readonly point: Point } | { readonly defines: string } | "other" | "broken";

export function lineOf(source: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return "broken";
  }
  if (!isObject(value) || typeof value.metric !== "string") return "broken";
  if (value.type === "Metric") return { defines: value.metric };
  if (value.type !== "Point") return "broken";
  if (!isKept(value.metric)) return "other";
  const point = pointOf(value.metric, value.data);
  return point === undefined ? "broken" : { point };
}
