import type { ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { count, latencyPercentiles } from "./load.js";
import { loadRun } from "./load-run.js";
import { countIn, type Matches, matches, numberIn, refuseSeveral, truncated } from "./matches.js";
import { peekLines, printed, readLines } from "./text-lines.js";

const id = "ab";
const title = "ApacheBench text";

const PATTERNS = {
  run: /^This is ApacheBench, Version (\S+)/,
  aborted: /^(?:.{0,200}\.\.\.)?(apr_\w+: .*|SSL \w+ failed.*)$/,
  host: /^Server Hostname:\s+(\S+)$/,
  port: /^Server Port:\s+(\d+)$/,
  tls: /^SSL\/TLS Protocol:\s+(\S+)/,
  path: /^Document Path:\s+(\S.*)$/,
  complete: /^Complete requests:\s+(\d+)$/,
  failed: /^Failed requests:\s+(\d+)$/,
  kinds: /^\s+\(Connect: (\d+), Receive: (\d+), Length: (\d+), Exceptions: (\d+)\)$/,
  statuses: /^Non-2xx responses:\s+(\d+)$/,
  rate: /^Requests per second:\s+(\S+) /,
  mean: /^Time per request:\s+(\S+) \[ms\] \(mean\)$/,
  percentile: /^\s+(?!100%.*\d$)(\d{1,3})%\s+(\d+)(?: \(longest request\))?$/,
};
type Report = Matches<keyof typeof PATTERNS>;

function recognizes(head: Uint8Array): boolean {
  return peekLines(head).some((line) => PATTERNS.run.test(line));
}

/** The method is not printed. */
function endpointOf(report: Report): string {
  const [scheme, usual] = report("tls").length > 0 ? ["https", "443"] : ["http", "80"];
  const [name, number] = [report("host")[0]?.[0], report("port")[0]?.[0] ?? usual];
  if (name === undefined) return "*";
  return `${scheme}://${name}${number === usual ? "" : `:${number}`}${report("path")[0]?.[0] ?? "/"}`;
}

/** `Failed requests` leaves out answers of a bad status, and counts good ones of another length than the first. */
function failures(report: Report): number {
  const lost =
    report("kinds").length === 0
      ? countIn(report("failed"))
      : countIn(report("kinds"), 0) + countIn(report("kinds"), 1) + countIn(report("kinds"), 3);
  return Math.min(countIn(report("complete")), lost + countIn(report("statuses")));
}

function lengths(report: Report): Problem[] {
  const others = countIn(report("kinds"), 2);
  if (others === 0) return [];
  const message = text`${count(others)} answers had another length than the first, which ApacheBench calls failed and Redline does not`;
  return [{ level: "warning", code: "answers-differ", message, remedy: text`run ab with -l where answers may differ in length` }];
}

/** Percentiles are whole milliseconds; the mean is the time of the run by requests and concurrency, in microseconds. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const report = matches(await readLines(chunks), PATTERNS);
  refuseSeveral(report("run").length);
  const [aborted] = report("aborted");
  const run = { format: id, tool: "ApacheBench" };
  if (aborted !== undefined && report("rate").length === 0)
    return { ...run, measurements: [], noData: text`the run was aborted: ${aborted[0] ?? ""}`, problems: [] };
  if (report("rate").length === 0) truncated("Requests per second");
  const percentiles = report("percentile").map(([percentage = "", time = ""]) => [printed(percentage), printed(time) / 1000] as const);
  const requests = countIn(report("complete"));
  if (requests > 1 && !percentiles.some(([percentage]) => percentage === 100)) truncated("the longest request");
  const total = {
    endpoint: endpointOf(report),
    requests,
    failed: failures(report),
    seconds: { ...latencyPercentiles(percentiles), mean: numberIn(report("mean")) / 1000 },
    perSecond: numberIn(report("rate")),
    resolution: (percentile: string) => (percentile === "mean" ? 1e-6 : 0.001),
  };
  return loadRun({ ...run, total, problems: lengths(report) });
}

export const ab: ResultFormat = { id, title, recognizes, parse };
