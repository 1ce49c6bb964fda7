import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { readCsv } from "./csv.js";
import { latencyPercentiles, withoutFinest } from "./load.js";
import { type EndpointFigures, loadRun } from "./load-run.js";
import { locustStep } from "./locust-step.js";
import { refuseSeveral, truncated } from "./matches.js";
import { peekLines, printed } from "./text-lines.js";

const id = "locust-csv";
const title = "Locust --csv (the file _stats.csv)";

/** Columns up to the percentiles, which are named by their percentage and not the same in every setup. */
const HEADER = /^"?Type"?,"?Name"?,"?Request Count"?,"?Failure Count"?/;

function recognizes(head: Uint8Array): boolean {
  return HEADER.test(peekLines(head)[0] ?? "");
}

type Cells = (column: string) => number;

/** `N/A` and an empty cell are missing. */
const cellsOf =
  (header: readonly string[], row: readonly string[]): Cells =>
  (column) =>
    printed(row[header.indexOf(column)] ?? "");

function tally(cell: Cells, column: string, line: number): number {
  const count = cell(column);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new FormatError(
    "unexpected-shape",
    text`not the shape of ${[title]}: ${[column]} in row ${line} is not a count`,
    text`give the file as Locust wrote it`,
    line,
  );
}

/** Milliseconds; failures are in every time. The median has a column of its own, which is the one at 50 % rounded alike. */
function figures(endpoint: string, header: readonly string[], row: readonly string[], line: number): EndpointFigures {
  const cell = cellsOf(header, row);
  const percentages = header.flatMap((column) => (/^\d+(?:\.\d+)?%$/.test(column) ? [printed(column.slice(0, -1))] : []));
  const percentiles = percentages.map((percentage) => [percentage, cell(`${percentage}%`) / 1000] as const);
  const requests = tally(cell, "Request Count", line);
  return {
    endpoint,
    requests,
    failed: tally(cell, "Failure Count", line),
    seconds: {
      ...withoutFinest(latencyPercentiles(percentiles), requests),
      mean: cell("Average Response Time") / 1000,
      max: cell("Max Response Time") / 1000,
    },
    perSecond: cell("Requests/s"),
    resolution: locustStep,
  };
}

const isTotal = ([type = "", name]: readonly string[]): boolean => (type === "" || type === "None") && name === "Aggregated";

/** GET and POST of one path are two rows. Locust writes the total last. */
async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const [header = [], ...rows] = await readCsv(chunks);
  refuseSeveral(rows.filter(([type]) => type === "Type").length + 1);
  const read = (endpoint: string, row: readonly string[]) => figures(endpoint, header, row, rows.indexOf(row) + 2);
  const totals = rows.filter(isTotal);
  const [total] = totals;
  if (total === undefined) truncated("the row Aggregated");
  refuseSeveral(totals.length);
  const endpoints = rows.filter((row) => !isTotal(row)).map((row) => read(row.slice(0, 2).filter(Boolean).join(" "), row));
  const requested = endpoints.filter(({ requests }) => requests > 0);
  return loadRun({ format: id, tool: "Locust", total: read("*", total), endpoints: requested });
}

export const locustCsv: ResultFormat = { id, title, recognizes, parse };
