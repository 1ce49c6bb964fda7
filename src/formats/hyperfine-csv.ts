import { parse as parseCsv } from "csv-parse/sync";
import { FormatError, type Measurement, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { gather } from "./bytes.js";
import { decoded } from "./text-lines.js";
import { runOfReadings, timed, withParameters } from "./timings.js";

const id = "hyperfine-csv";
const title = "hyperfine --export-csv";

const HEADER = "command,mean,stddev,median,user,system,min,max";
const PARAMETER = "parameter_";

function recognizes(head: Uint8Array): boolean {
  const start = new TextDecoder().decode(head.subarray(0, HEADER.length + 1)).trimStart();
  return start.startsWith(HEADER);
}

type Row = Readonly<Record<string, string>>;

/** A table that was written to its end ends with a line break. */
function rowsOf(content: string): readonly Row[] {
  if (!content.endsWith("\n")) {
    throw new FormatError("truncated", text`the file ends in the middle of its last line`, text`give it as the tool wrote it`);
  }
  try {
    return parseCsv(content, { columns: true, bom: true, skip_empty_lines: true, trim: false });
  } catch (error) {
    const line = error instanceof Error && "lines" in error && typeof error.lines === "number" ? error.lines : undefined;
    const where = line === undefined ? [] : text` at line ${line}`;
    throw new FormatError("not-csv", text`the file is not the CSV it begins as${where}`, text`produce the file again`, line);
  }
}

const cell = (row: Row, column: string): number => (row[column]?.trim() ? Number(row[column]) : Number.NaN);

function read(row: Row): Measurement {
  const parameters = Object.entries(row).filter(([column]) => column.startsWith(PARAMETER));
  const names = Object.fromEntries(parameters.map(([column, value]) => [column.slice(PARAMETER.length), value]));
  const name = withParameters(row.command ?? "", names);
  return timed(name, { min: cell(row, "min"), median: cell(row, "median") }, 1);
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const bytes = await gather(chunks);
  const rows = rowsOf(decoded(bytes));
  return runOfReadings({ format: id, tool: "hyperfine" }, rows.map(read));
}

export const hyperfineCsv: ResultFormat = { id, title, recognizes, parse };
