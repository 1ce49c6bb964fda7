import type { ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { figure, text } from "../model/text.js";
import { latencyPercentiles, type Percentile, type Step } from "./load.js";
import { loadRun } from "./load-run.js";
import { countIn, type Matches, matches, numberIn, refuseSeveral, truncated } from "./matches.js";
import { peekLines, printed, readLines } from "./text-lines.js";
import { duration } from "./time-units.js";

const id = "wrk";
const title = "wrk or wrk2 text";

const PATTERNS = {
  run: /^Running \S+ test @ (\S+)/,
  refused: /^(unable to (?:connect|resolve|create)\b.*)/,
  latency: /^\s{2,}Latency\s+(\S+)\s+(\S+)\s+(\S+)/,
  percentile: /^\s*(\d{1,3}(?:\.\d{1,3})?)%\s+(\S+)$/,
  spectrum: /^\s+(\d+\.\d+)\s+0\.(\d{6})\s+\d+\s+\S+$/,
  requests: /^\s+(\d+) requests in /,
  statuses: /^\s+Non-2xx or 3xx responses: (\d+)/,
  sockets: /^\s+Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/,
  rate: /^Requests\/sec:\s+(\S+)/,
  end: /^Transfer\/sec:\s+\S+B$/,
  asked: /^(?:[$+] )?wrk2?\s(?:.*\s)?(?:-R\s?|--rate[ =])(\d+)(k?)\b/,
};
type Report = Matches<keyof typeof PATTERNS>;

/** wrk prints two decimals of the largest unit that fits. */
const step: Step = (_percentile, seconds) => {
  if (seconds < 1e-3) return 1e-8;
  if (seconds < 1) return 1e-5;
  return seconds < 60 ? 0.01 : 0.6;
};

function recognizes(head: Uint8Array): boolean {
  const lines = peekLines(head);
  const first = lines.find((line) => line !== "") ?? "";
  return /^unable to (?:connect|resolve) /.test(first) || lines.some((line) => PATTERNS.run.test(line));
}

/** The first distribution is the one that counts: wrk2's second, under -U, leaves the waiting out. */
function secondsOf(report: Report): Readonly<Partial<Record<Percentile, number>>> {
  const fine = report("spectrum").map(([milliseconds = "", share = ""]) => [Number(share) / 10_000, printed(milliseconds) / 1000] as const);
  const printedOnes = report("percentile").map(([percentage = "", time = ""]) => [printed(percentage), duration(time)] as const);
  const [mean, , max] = report("latency")[0] ?? [];
  return {
    ...(mean === undefined || max === undefined ? {} : { mean: duration(mean), max: duration(max) }),
    ...latencyPercentiles([...printedOnes, ...fine]),
  };
}

/** A server that cannot follow the rate asked for makes every latency grow with the length of the test. */
function saturated(report: Report): Problem[] {
  const wanted = numberIn(report("asked")) * (report("asked")[0]?.[1] === "k" ? 1000 : 1);
  const got = numberIn(report("rate"));
  if (!(got < 0.95 * wanted)) return [];
  const message = text`the server answered ${figure(String(got))} of the ${figure(String(wanted))} requests per second asked for: it was saturated`;
  const remedy = text`ask for a rate that the server can follow; latencies under saturation depend on the length of the test`;
  return [{ level: "warning", code: "saturated", message, remedy }];
}

function unasked(report: Report): Problem[] {
  if (report("percentile").length > 0) return [];
  const message = text`wrk wrote no percentiles: a budget on one of them cannot be checked`;
  return [{ level: "warning", code: "missing-percentile", message, remedy: text`run wrk with --latency` }];
}

/** An answer that came after wrk's --timeout is among the requests and counts as failed. */
function counted(report: Report): { readonly requests: number; readonly failed: number } {
  const lost = countIn(report("sockets"), 0) + countIn(report("sockets"), 1) + countIn(report("sockets"), 2);
  const answered = countIn(report("requests"));
  return { requests: answered + lost, failed: lost + Math.min(answered, countIn(report("statuses")) + countIn(report("sockets"), 3)) };
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const report = matches(await readLines(chunks), PATTERNS);
  const [refused] = report("refused");
  if (report("run").length === 0 && refused !== undefined)
    return { format: id, tool: "wrk", measurements: [], noData: text`nothing was measured: ${refused[0] ?? ""}`, problems: [] };
  refuseSeveral(report("run").length);
  if (report("rate").length === 0) truncated("Requests/sec");
  if (report("end").length === 0) truncated("Transfer/sec");
  const { requests, failed } = counted(report);
  const total = {
    endpoint: report("run")[0]?.[0] ?? "*",
    requests,
    failed,
    seconds: secondsOf(report),
    timed: countIn(report("requests")),
    perSecond: numberIn(report("rate")),
    resolution: step,
  };
  const tool = report("spectrum").length > 0 ? "wrk2" : "wrk";
  return loadRun({ format: id, tool, total, problems: [...unasked(report), ...saturated(report)] });
}

export const wrk: ResultFormat = { id, title, recognizes, parse };
