import { FormatError, type ParsedRun, type Problem, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { latencies, latencyPercentiles } from "./load.js";
import { matches, refuseSeveral, truncated } from "./matches.js";
import { peekLines, printed, readLines } from "./text-lines.js";

const id = "ab-csv";
const title = "ApacheBench -e";

const PATTERNS = {
  run: /^(Percentage served),Time in ms$/,
  row: /^(\d{1,3}),(\S+)$/,
  other: /^(?!Percentage served,Time in ms$|\d{1,3}(?:,\S*)?$)\S/,
};

/** Milliseconds with three decimals, finer than the text that ab prints. */
const RESOLUTION = 1e-6;

/** Every time has as many. */
const decimals = ([, time = ""]: readonly string[] = []): number => (time.split(".")[1] ?? "").length;

function recognizes(head: Uint8Array): boolean {
  return PATTERNS.run.test(peekLines(head)[0] ?? "");
}

const uncounted: Problem = {
  level: "warning",
  code: "missing-error-rate",
  message: text`the file says neither how many requests there were nor how many failed: whether its percentiles hold cannot be checked`,
  remedy: text`give ApacheBench's text output beside it`,
};

/** The rows are the percentages 0 to 99, and 100 in newer versions. Nothing else is in the file. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const report = matches(await readLines(chunks), PATTERNS);
  refuseSeveral(report("run").length);
  const rows = report("row").map(([percentage = "", time = ""]) => [printed(percentage), printed(time) / 1000] as const);
  if (decimals(report("row").at(-1)) < decimals(report("row")[0])) truncated("the last decimal of a time");
  if (report("other").length > 0)
    throw new FormatError(
      "unexpected-shape",
      text`the file holds something else beside the percentages`,
      text`give the file as ab wrote it`,
    );
  if (rows.some(([percentage], index) => percentage !== index))
    throw new FormatError("unexpected-shape", text`the percentages do not follow one another`, text`give the file as ab wrote it`);
  if (rows.length < 100) truncated("the row of 99 %");
  const run = { format: id, tool: "ApacheBench" };
  if (rows.every(([, seconds]) => seconds === 0))
    return { ...run, measurements: [], noData: text`every latency reads 0, which no request can have`, problems: [uncounted] };
  const { measurements, problems } = latencies({ endpoint: "*", resolution: RESOLUTION }, latencyPercentiles(rows));
  return { ...run, measurements, problems: [...problems, uncounted] };
}

export const abCsv: ResultFormat = { id, title, recognizes, parse };
