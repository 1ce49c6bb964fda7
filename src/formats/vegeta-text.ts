import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type Percentile, percentileOf, type Step } from "./load.js";
import { loadRun } from "./load-run.js";
import { type Matches, matches, refuseSeveral, truncated } from "./matches.js";
import { peekLines, printed, readLines } from "./text-lines.js";
import { duration } from "./time-units.js";
import { failuresIn } from "./vegeta-status.js";

const id = "vegeta-text";
const title = "vegeta report";

const PATTERNS = {
  requests: /^\s*Requests\s+\[([^\]]*)\]\s+(\S.*)$/,
  latencies: /^\s*Latencies\s+\[([^\]]*)\]\s+(\S.*)$/,
  statuses: /^\s*Status Codes\s+\[code:count\]\s*(.*)$/,
};
type Report = Matches<keyof typeof PATTERNS>;

/** vegeta rounds a duration to the next smaller unit: milliseconds from a second on, microseconds below. */
const step: Step = (_percentile, seconds) => {
  if (seconds < 1e-3) return 1e-9;
  if (seconds < 1) return 1e-6;
  return seconds < 60 ? 1e-3 : 1;
};

function recognizes(head: Uint8Array): boolean {
  return peekLines(head).some((line) => PATTERNS.latencies.test(line));
}

/** The columns are not the same in every version: the list in brackets names them. */
function columns([names = "", values = ""]: readonly string[] = []): ReadonlyMap<string, string> {
  const written = values.split(",").map((value) => value.trim());
  return new Map(names.split(",").map((name, index) => [name.trim(), written[index] ?? ""]));
}

const nameOf = (column: string): Percentile | undefined => (column === "mean" || column === "max" ? column : percentileOf(printed(column)));

function secondsOf(report: Report): Readonly<Partial<Record<Percentile, number>>> {
  const given = [...columns(report("latencies")[0])].flatMap(([column, value]) => {
    const name = nameOf(column);
    return name === undefined ? [] : [[name, duration(value)]];
  });
  return Object.fromEntries(given);
}

/** `200:13  404:12` */
const statusesOf = (report: Report): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...(report("statuses")[0]?.[0] ?? "").matchAll(/(\d{1,3}):(\d+)/g)].map(([, status = "", times = ""]) => [status, printed(times)]),
  );

function totalOf(report: Report): number {
  const total = printed(columns(report("requests")[0]).get("total") ?? "");
  if (Number.isSafeInteger(total) && total >= 0) return total;
  throw new FormatError("unexpected-shape", text`the line Requests has no total that can be one`, text`give the file as vegeta wrote it`);
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const report = matches(await readLines(chunks), PATTERNS);
  refuseSeveral(report("latencies").length);
  if (report("statuses").length === 0) truncated("Status Codes");
  const requests = totalOf(report);
  const byStatus = statusesOf(report);
  if (Object.values(byStatus).reduce((sum, times) => sum + times, 0) < requests) truncated("the last status code");
  const throughput = columns(report("requests")[0]).get("throughput");
  const total = {
    endpoint: "*",
    requests,
    ...failuresIn(byStatus, requests),
    seconds: secondsOf(report),
    ...(throughput === undefined ? {} : { perSecond: printed(throughput) }),
    resolution: step,
  };
  return loadRun({ format: id, tool: "vegeta", total });
}

export const vegetaText: ResultFormat = { id, title, recognizes, parse };
