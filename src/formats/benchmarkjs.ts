import type { Measurement, ParsedRun, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { gather } from "./bytes.js";
import { failed } from "./micro.js";
import { decoded, linesOf, peekLines, printed } from "./text-lines.js";
import { type Reading, runOfReadings } from "./timings.js";

const id = "benchmarkjs";
const title = "benchmark.js text";

/** What follows a name: ` x 8,227,932 ops/sec ±7.44% (6 runs sampled)`. Names may hold ` x ` themselves. */
const FIGURES = /^ x (\S+) ops\/sec ±\S+% \((\d+) runs? sampled\)$/;
const MARK = "ops/sec ±";

const recognizes = (head: Uint8Array): boolean => peekLines(head).some((line) => line.includes(" x ") && line.includes(MARK));

/** The rate stays a rate: it is 1 / the mean, and no minimum can be made of it. */
function rate(line: string): Measurement | undefined {
  const end = line.lastIndexOf(" x ");
  const [, perSecond, runs] = (end === -1 ? null : FIGURES.exec(line.slice(end))) ?? [];
  if (perSecond === undefined) return undefined;
  return {
    benchmark: line.slice(0, end).trim(),
    metric: "throughput",
    unit: "1/s",
    better: "higher",
    statistic: "rate",
    value: printed(perSecond, "commas"),
    n: Number(runs),
  };
}

const FAILED = ": ";

/** A failed benchmark is its name, a colon and a space: the tool means to print the error, and prints nothing (2.1.4). */
function reading(raw: string): Reading | undefined {
  const [line] = linesOf(raw);
  const read = line && rate(line.text);
  if (read !== undefined || line === undefined) return read;
  const untrimmed = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  return untrimmed.endsWith(FAILED) && line.text.length > 1 ? failed(line.text.slice(0, -1), text`it threw`) : undefined;
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const lines = decoded(await gather(chunks)).split("\n");
  return runOfReadings(
    { format: id, tool: "benchmark.js" },
    lines.map(reading).filter((one) => one !== undefined),
  );
}

export const benchmarkjs: ResultFormat = { id, title, recognizes, parse };
