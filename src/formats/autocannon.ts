import { z } from "zod";
import type { Load, ParsedRun, ResultFormat } from "../model/measurement.js";
import { figure, join, type Text, text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { count, errorRate, latencies, mixedIn, type Percentile, type Sampled, throughput, withoutFinest } from "./load.js";

const id = "autocannon";
const title = "autocannon --json";

/** Latencies are whole milliseconds. */
const RESOLUTION = 0.001;

/** autocannon's own names are ours. There is no p95. */
const WRITTEN: readonly Percentile[] = ["mean", "p50", "p75", "p90", "p97_5", "p99", "p99_9", "p99_99", "max"];

const tally = z.number().int().nonnegative();
const file = z.looseObject({
  url: z.union([z.string(), z.array(z.string())]).optional(),
  method: z.string().optional(),
  errors: tally,
  non2xx: tally,
  mismatches: tally.default(0),
  "2xx": tally,
  statusCodeStats: z.record(z.string(), z.looseObject({ count: tally })).default({}),
  latency: z.looseObject({ totalCount: tally.optional() }),
  requests: z.looseObject({}),
});
type File = z.infer<typeof file>;

/** The latencies stand last: a file that was cut before them is told by what autocannon alone counts. */
function recognizes(head: Uint8Array): boolean {
  const begun = fields(peek(head));
  const { statusCodeStats, latency, requests } = begun;
  const whole = "p97_5" in fields(latency) && ("sent" in fields(requests) || statusCodeStats !== undefined);
  return whole || ["non2xx", "mismatches", "pipelining"].every((key) => key in begun);
}

/** The URL as given, which is the only endpoint; the run's total when several URLs took turns. */
function endpointOf({ url, method }: File): string {
  const urls = url === undefined ? [] : [url].flat();
  const [only] = urls;
  if (only === undefined || urls.length > 1) return "*";
  return method === undefined ? only : `${method} ${only}`;
}

/**
 * `errors` already holds the timeouts (lib/run.js, onTimeout counts both), so that adding them would count
 * them twice. A mismatch is an answer whose body is not the expected one.
 */
function loadOf(run: File): Load {
  const answered = run["2xx"] + run.non2xx;
  const requests = answered + run.errors;
  const failed = run.errors + Math.min(answered, run.non2xx + run.mismatches);
  const byStatus = Object.fromEntries(Object.entries(run.statusCodeStats).map(([status, { count }]) => [status, count]));
  return { requests, failed, errorRate: requests === 0 ? 0 : failed / requests, byStatus };
}

function whyNothing(run: File, { requests, failed, byStatus = {} }: Load): Text | undefined {
  if (failed < requests) return undefined;
  if (requests === 0) return text`no request was answered and none failed`;
  if (run.errors === requests) return text`none of the ${count(requests)} requests was answered`;
  const statuses = Object.entries(byStatus);
  const [first] = statuses;
  if (run.mismatches === 0 && run.errors === 0 && first !== undefined && statuses.length === 1)
    return text`all ${count(requests)} responses were ${figure(first[0])}`;
  const parts = statuses.map(([status, times]) => text`${count(times)} × ${figure(status)}`);
  const others = [text`${count(run.errors)} errors`, text`${count(run.mismatches)} unexpected bodies`];
  return text`none of the ${count(requests)} requests succeeded: ${join([...parts, ...others], ", ")}`;
}

function figures(run: File, load: Load) {
  const { latency } = run;
  const sampled: Sampled = { endpoint: endpointOf(run), requests: load.requests, resolution: RESOLUTION };
  const answered = run["2xx"] + run.non2xx;
  const timed = Math.min(answered, latency.totalCount ?? answered);
  const given = WRITTEN.flatMap((name) => (name in latency ? [[name, numeric(latency[name]) / 1000]] : []));
  const times = latencies({ ...sampled, requests: timed }, withoutFinest(Object.fromEntries(given), timed));
  return {
    measurements: [...times.measurements, throughput(sampled, numeric(run.requests.average)), errorRate(sampled, load.errorRate)],
    problems: [...times.problems, ...(run.non2xx > 0 && timed > run["2xx"] ? [mixedIn(sampled.endpoint)] : [])],
  };
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const run = shaped(file, await readJson(chunks), title);
  const load = loadOf(run);
  const noData = whyNothing(run, load);
  if (noData !== undefined) return { format: id, tool: "autocannon", measurements: [], noData, load, problems: [] };
  return { format: id, tool: "autocannon", load, ...figures(run, load) };
}

export const autocannon: ResultFormat = { id, title, recognizes, parse };
