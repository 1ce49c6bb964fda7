import type { Load, ParsedRun, Problem } from "../model/measurement.js";
import { figure, join, type Text, text } from "../model/text.js";
import { count, errorRate, type Figures, latencies, mixedIn, type Sampled, throughput } from "./load.js";

/** What a load-test tool wrote about one endpoint, in SI units. */
export interface EndpointFigures extends Pick<Sampled, "endpoint" | "resolution"> {
  /** Requests with an outcome, good or bad. */
  readonly requests: number;
  readonly failed: number;
  /** Answers by status, where the tool counts them. */
  readonly byStatus?: Readonly<Record<string, number>>;
  readonly seconds: Parameters<typeof latencies>[1];
  /** Requests behind the latencies, where they are not all of them. */
  readonly timed?: number;
  /** The tool times the successes by themselves. */
  readonly successesOnly?: true;
  /** Requests per second. */
  readonly perSecond?: number;
}

/** Beyond this many names, most of them are ids or query strings that make one endpoint look like many. */
const MANY_NAMES = 50;
/** Fewer sentences than this about too few requests are said one by one. */
const MANY_SENTENCES = 5;

const warning = (code: string, message: Text, remedy: Text): Problem => ({ level: "warning", code, message, remedy });

const rateOf = ({ requests, failed }: { readonly requests: number; readonly failed: number }): number =>
  requests === 0 ? 0 : failed / requests;

const isAllZero = ({ seconds }: EndpointFigures): boolean => {
  const given = Object.values(seconds);
  return given.length > 0 && given.every((value) => value === 0);
};

/** One status says it best: "all 6,500 responses were 403". Status 0, and every request without a status, got no answer. */
function whyNoSuccess(requests: number, byStatus: Readonly<Record<string, number>>): Text {
  const statuses = Object.entries(byStatus).filter(([status, times]) => status !== "0" && times > 0);
  const unanswered = requests - statuses.reduce((sum, [, times]) => sum + times, 0);
  const [first] = statuses;
  if (first === undefined) return text`none of the ${count(requests)} requests was answered`;
  if (statuses.length === 1 && unanswered <= 0) return text`all ${count(requests)} responses were ${figure(first[0])}`;
  const parts = statuses.map(([status, times]) => text`${count(times)} × ${figure(status)}`);
  const others = unanswered > 0 ? [text`${count(unanswered)} without an answer`] : [];
  return text`none of the ${count(requests)} requests succeeded: ${join([...parts, ...others], ", ")}`;
}

/** Why the whole run proves nothing; undefined when it proves something. */
export function whyNothing(total: EndpointFigures): Text | undefined {
  const { requests, failed, byStatus } = total;
  if (requests === 0) return text`no request was answered`;
  if (failed >= requests) return byStatus === undefined ? text`all ${count(requests)} requests failed` : whyNoSuccess(requests, byStatus);
  return isAllZero(total) ? text`every latency of the ${count(requests)} requests reads 0, which no request can have` : undefined;
}

function timesOf(row: EndpointFigures): Figures {
  const { endpoint, requests, failed, seconds, resolution, successesOnly } = row;
  if (failed >= requests)
    return {
      measurements: [],
      problems: [
        warning(
          "no-success",
          text`${endpoint}: every request failed`,
          text`its latencies and its throughput are those of failures and not judged`,
        ),
      ],
    };
  const timed = row.timed ?? (successesOnly === true ? requests - failed : requests);
  const times = latencies({ endpoint, requests: timed, ...(resolution === undefined ? {} : { resolution }) }, seconds);
  const mixed = timed > requests - failed && times.measurements.length > 0 ? [mixedIn(endpoint)] : [];
  return { measurements: times.measurements, problems: [...times.problems, ...mixed] };
}

/** Latencies, throughput and error rate of one endpoint, with what had to be left out. */
export function figuresOf(row: EndpointFigures): Figures {
  const { endpoint, requests, perSecond } = row;
  if (requests === 0)
    return { measurements: [], problems: [warning("no-requests", text`${endpoint}: no request was answered`, text`check the scenario`)] };
  const { measurements, problems } = timesOf(row);
  const rates = perSecond === undefined || row.failed >= requests ? [] : [throughput({ endpoint, requests }, perSecond)];
  return { measurements: [...measurements, ...rates, errorRate({ endpoint, requests }, rateOf(row))], problems };
}

/** Ten sentences that say the same of ten endpoints become one. */
function folded(problems: readonly Problem[]): readonly Problem[] {
  const few = problems.filter(({ code }) => code === "too-few-samples");
  if (few.length <= MANY_SENTENCES) return problems;
  const message = text`${count(few.length)} endpoints have too few requests for some of their percentiles, which are left out`;
  const others = problems.filter(({ code }) => code !== "too-few-samples");
  return [...others, warning("too-few-samples", message, text`send at least 20 requests to an endpoint for p95, 100 for p99`)];
}

function manyNames(rows: readonly EndpointFigures[], { requests }: { readonly requests: number }): Problem[] {
  if (rows.length <= MANY_NAMES) return [];
  const message = text`${count(rows.length)} names for ${count(requests)} requests: an id or query string in a name makes one endpoint of each`;
  return [warning("many-names", message, text`give such requests one name in the script; the total is judged as it is`)];
}

const summed = (rows: readonly EndpointFigures[]): EndpointFigures => ({
  endpoint: "*",
  requests: rows.reduce((sum, { requests }) => sum + requests, 0),
  failed: rows.reduce((sum, { failed }) => sum + failed, 0),
  seconds: {},
});

const loadOf = ({ requests, failed, byStatus }: EndpointFigures): Load => ({
  requests,
  failed,
  errorRate: rateOf({ requests, failed }),
  ...(byStatus === undefined ? {} : { byStatus }),
});

/**
 * A run of a load-test tool: whether it is valid first, its numbers second.
 *
 * @param run `total` is the tool's own aggregate, the endpoint `*`; without one only requests and failures are added up
 */
export function loadRun(run: {
  readonly format: string;
  readonly tool: string;
  readonly total?: EndpointFigures;
  readonly endpoints?: readonly EndpointFigures[];
  readonly problems?: readonly Problem[];
}): ParsedRun {
  const { format, tool, endpoints = [], problems = [] } = run;
  const total = run.total ?? summed(endpoints);
  const base = { format, tool, load: loadOf(total) };
  const noData = whyNothing(total);
  if (noData !== undefined) return { ...base, measurements: [], noData, problems };
  const figures = [...(run.total === undefined ? [] : [run.total]), ...endpoints].map(figuresOf);
  return {
    ...base,
    measurements: figures.flatMap(({ measurements }) => measurements),
    problems: [...problems, ...manyNames(endpoints, total), ...folded(figures.flatMap((one) => one.problems))],
  };
}
