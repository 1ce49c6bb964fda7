import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { heyEndpoint } from "./hey-command.js";
import { latencyPercentiles } from "./load.js";
import { loadRun } from "./load-run.js";
import { type Matches, matches, numberIn, refuseSeveral, truncated } from "./matches.js";
import { peekLines, printed, readLines } from "./text-lines.js";

const id = "hey";
const title = "hey text";

/** hey prints seconds with four decimals. */
const RESOLUTION = 0.0001;

const PATTERNS = {
  command: /^(?:[$+] )?(hey\s.*)$/,
  run: /^Summary:$/,
  total: /^\s+Total:\t\s*(\S+) secs$/,
  slowest: /^\s+Slowest:\t\s*(\S+) secs$/,
  average: /^\s+Average:\t\s*(\S+) secs$/,
  rate: /^\s+Requests\/sec:\t\s*(\S+)$/,
  percentile: /^\s+(\d{1,3})%{1,2} in (\S+) secs$/,
  bar: /^\s+\d+\.\d+ \[(\d+)\]\t\|/,
  status: /^\s+\[(\d{3})\]\t(\d+) responses$/,
  error: /^\s+\[(\d+)\]\t(?!\d+ responses$)/,
  end: /^(Status code distribution):$/,
};
type Report = Matches<keyof typeof PATTERNS>;

/** oha prints a summary much like it, which begins with the success rate. */
function recognizes(head: Uint8Array): boolean {
  const lines = peekLines(head);
  const ours = [PATTERNS.run, PATTERNS.total, PATTERNS.slowest].every((pattern) => lines.some((line) => pattern.test(line)));
  return ours && !lines.some((line) => line.includes("Success rate:"));
}

/** Answers by status. Two lines of one status belong to two runs, which are refused before. */
const statusesOf = (report: Report): Readonly<Record<string, number>> =>
  Object.fromEntries(report("status").map(([code = "", times = ""]) => [code, printed(times)]));

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, times) => sum + times, 0);

/** Answers of any status are timed; requests without an answer are not, though they count in `Requests/sec`. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const report = matches(await readLines(chunks), PATTERNS);
  refuseSeveral(report("run").length);
  if (report("end").length === 0) truncated("Status code distribution");
  const byStatus = statusesOf(report);
  const answered = sumOf(Object.values(byStatus));
  if (sumOf(report("bar").map(([times = ""]) => printed(times))) > answered) truncated("the last status");
  const errors = sumOf(report("error").map(([times = ""]) => printed(times)));
  const good = sumOf(Object.entries(byStatus).map(([code, times]) => (/^[23]/.test(code) ? times : 0)));
  const percentiles = report("percentile").map(([percentage = "", seconds = ""]) => [printed(percentage), printed(seconds)] as const);
  const total = {
    endpoint: heyEndpoint(report("command")[0]?.[0]),
    requests: answered + errors,
    failed: answered + errors - good,
    byStatus,
    seconds: { ...latencyPercentiles(percentiles), mean: numberIn(report("average")), max: numberIn(report("slowest")) },
    timed: answered,
    perSecond: numberIn(report("rate")),
    resolution: RESOLUTION,
  };
  return loadRun({ format: id, tool: "hey", total });
}

export const hey: ResultFormat = { id, title, recognizes, parse };
