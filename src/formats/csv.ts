import { CsvError, parse } from "csv-parse/sync";
import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";
import { gather } from "./bytes.js";
import { decoded } from "./text-lines.js";

/** More rows than a table of results has: one row is one benchmark or endpoint. */
const MOST_ROWS = 20_000;
/** In characters. */
const LONGEST_ROW = 100_000;

const AGAIN = text`produce the file again, and give it as the tool wrote it`;

/**
 * A whole table with quoting as in RFC 4180, its header first. For tables of results, not of single requests.
 * @throws FormatError `not-utf-8`, `too-many`, `truncated` for an open quote or a last row cut short, `not-csv`
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>): Promise<readonly (readonly string[])[]> {
  const source = decoded(await gather(chunks));
  const rows = rowsOf(source);
  if (rows.length > MOST_ROWS) throw new FormatError("too-many", text`the table has more than ${MOST_ROWS} rows`, AGAIN);
  const [width, last] = [rows[0]?.length ?? 0, rows.at(-1)?.length ?? 0];
  if (last < width) throw new FormatError("truncated", text`the last row of the table is cut short`, AGAIN, rows.length);
  const short = rows.findIndex((row) => row.length < width);
  if (short !== -1) throw new FormatError("not-csv", text`row ${short + 1} has fewer cells than the header`, AGAIN, short + 1);
  return rows;
}

function rowsOf(source: string): readonly (readonly string[])[] {
  try {
    return parse(source, { to: MOST_ROWS + 1, max_record_size: LONGEST_ROW, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") throw new FormatError("truncated", text`the file ends inside a quoted cell`, AGAIN);
    throw new FormatError("not-csv", text`the file is not a valid CSV table`, AGAIN);
  }
}
