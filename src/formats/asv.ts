import type { Measurement, ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { failed } from "./micro.js";
import { type Line, peekLines, printed, readLines } from "./text-lines.js";
import { secondsPer } from "./time-units.js";
import { type Reading, runOfReadings } from "./timings.js";

const id = "asv";
const title = "asv run";

const ENVIRONMENT = "·· Benchmarking ";
const ROW = /^\[ *[\d.]+%\] ··· /;

const recognizes = (head: Uint8Array): boolean => peekLines(head).some((line) => /^[[·]/.test(line) && line.includes(ENVIRONMENT));

/** `11.2±0.01μs`, `9.07μs`, `2.42k`: the digits and what stands behind them. */
const FIGURE = /^([\d.]+(?:e[+-]?\d{1,3})?)(?:±[\d.]+(?:e[+-]?\d{1,3})?)?([a-zµμ]*)$/iu;
const PREFIXES: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
]);

const unitless = (benchmark: string): Problem => ({
  level: "warning",
  code: "no-unit",
  message: text`${benchmark}: the figure has no unit, and is shown without being judged`,
});

const table = (benchmark: string): Problem => ({
  level: "warning",
  code: "not-read",
  message: text`${benchmark}: its table of parameters is not read`,
  remedy: text`give the parameters as benchmarks of their own, or use another format`,
});

/** asv prints the median of its samples. A size or count has no unit, only a prefix. */
function figure(benchmark: string, printedFigure: string): readonly Reading[] {
  const [, digits, unit = ""] = FIGURE.exec(printedFigure) ?? [];
  if (digits === undefined) return [];
  const seconds = secondsPer(unit);
  if (seconds !== undefined) {
    const value = printed(digits) * seconds;
    return [{ benchmark, metric: "time", unit: "s", better: "lower", statistic: "median", value }];
  }
  const scale = PREFIXES.get(unit);
  if (scale === undefined) return [];
  const bare: Measurement = {
    benchmark,
    metric: "value",
    unit: "unknown",
    better: "unknown",
    statistic: "value",
    value: printed(digits) * scale,
  };
  return [bare, unitless(benchmark)];
}

/** The last word of a row is its figure; rows of progress begin with a verb. */
function reading(row: string, environment: string): readonly Reading[] {
  const end = row.lastIndexOf(" ");
  const name = row.slice(0, Math.max(end, 0)).trim();
  if (name === "" || name.includes(" ")) return [];
  const benchmark = `${name} (${environment})`;
  const last = row.slice(end + 1);
  if (last === "failed") return [failed(benchmark)];
  return last === "ok" ? [table(benchmark)] : figure(benchmark, last);
}

function* readings(lines: Iterable<Line>): Generator<Reading> {
  let environment = "";
  for (const { text: line } of lines) {
    const at = line.indexOf(ENVIRONMENT);
    if (at !== -1) environment = line.slice(at + ENVIRONMENT.length).trim();
    const [mark] = ROW.exec(line) ?? [];
    if (mark !== undefined) yield* reading(line.slice(mark.length), environment);
  }
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  return runOfReadings({ format: id, tool: "asv" }, [...readings(await readLines(chunks))]);
}

export const asv: ResultFormat = { id, title, recognizes, parse };
