import { FormatError, type Measurement, type ParsedRun, type Problem, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { Histogram } from "./histogram.js";
import { type EndpointFigures, figuresOf, whyNothing } from "./load-run.js";
import { type Line, peekLines, printed, readLines } from "./text-lines.js";

const id = "hey-csv";
const title = "hey -o csv";

const HEADER = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset";

/** hey prints seconds with four decimals. */
const STEPS_PER_SECOND = 10_000;
/** A last cell with fewer decimals was cut. */
const WHOLE = /\.\d{4}$/;

function recognizes(head: Uint8Array): boolean {
  return peekLines(head)[0] === HEADER;
}

const AGAIN = text`give the file as hey wrote it, one run`;

/** One answer: seconds, and seconds after the start of the run. */
interface Answer {
  readonly seconds: number;
  readonly status: string;
  readonly offset: number;
}

function answerOf({ text: row, number }: Line): Answer {
  const cells = row.split(",");
  const [seconds, offset] = [printed(cells[0] ?? ""), printed(cells[7] ?? "")];
  const status = cells[6] ?? "";
  if (cells.length === 8 && seconds >= 0 && offset >= 0 && /^\d{3}$/.test(status) && WHOLE.test(cells[7] ?? ""))
    return { seconds, status, offset };
  if (row === HEADER) throw new FormatError("several-runs", text`a second run begins at line ${number}`, AGAIN, number);
  throw new FormatError("unexpected-shape", text`line ${number} is not a row of ${[title]}, or cut short`, AGAIN, number);
}

/** Latencies of the answers below 400 by themselves: each answer has a row of its own. */
function figuresFrom(answers: Iterable<Answer>): EndpointFigures {
  const successes = new Histogram();
  const byStatus = new Map<string, number>();
  let [began, ended, requests] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const { seconds, status, offset } of answers) {
    if (/^[23]/.test(status)) successes.add(Math.round(seconds * STEPS_PER_SECOND));
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    [began, ended, requests] = [Math.min(began, offset), Math.max(ended, offset + seconds), requests + 1];
  }
  return {
    endpoint: "*",
    requests,
    failed: requests - successes.total,
    byStatus: Object.fromEntries(byStatus),
    seconds: successes.statistics(STEPS_PER_SECOND),
    successesOnly: true,
    ...(ended > began ? { perSecond: requests / (ended - began) } : {}),
    resolution: 1 / STEPS_PER_SECOND,
  };
}

function* rowsOf(lines: Iterable<Line>): Generator<Answer, undefined> {
  for (const line of lines) if (line.number > 1 && line.text !== "") yield answerOf(line);
}

const uncounted: Problem = {
  level: "warning",
  code: "missing-error-rate",
  message: text`requests that were never answered are not in this file: it has no error rate`,
  remedy: text`give hey's text output beside it`,
};

const isKnown = ({ metric }: Measurement): boolean => metric !== "error_rate";

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const total = figuresFrom(rowsOf(await readLines(chunks)));
  const run = { format: id, tool: "hey" };
  const noData = whyNothing(total);
  if (noData !== undefined) return { ...run, measurements: [], noData, problems: [uncounted] };
  const { measurements, problems } = figuresOf(total);
  return { ...run, measurements: measurements.filter(isKnown), problems: [...problems, uncounted] };
}

export const heyCsv: ResultFormat = { id, title, recognizes, parse };
