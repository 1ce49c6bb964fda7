import { FormatError, type Origin, type ParsedRun, type Problem, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { CsvRecords } from "./csv-records.js";
import { peek } from "./json.js";
import { type JsonRead, readJsonElements } from "./json-stream.js";
import { LineFaults } from "./line-faults.js";
import { digested } from "./runtime/digest.js";
import { LogTally } from "./runtime/log-tally.js";
import { listOf, objectOf, parsedJson } from "./spans/foreign.js";
import { textBlocks } from "./text-blocks.js";

const id = "pg-stat-statements";
const title = "pg_stat_statements";

/** pg_stat_statements.max is 5,000 by default. */
const MOST_ROWS = 200_000;

/** Besides `query` and `calls`, one of these is in every version's view. */
const OTHER_COLUMNS = ["queryid", "userid", "dbid", "toplevel", "rows"];

const isHeader = (columns: readonly string[]): boolean =>
  ["query", "calls"].every((column) => columns.includes(column)) && OTHER_COLUMNS.some((column) => columns.includes(column));

const headerOf = (line: string): readonly string[] => line.split(",").map((cell) => cell.trim().replace(/^"|"$/g, "").toLowerCase());

const isJson = (head: Uint8Array): boolean => {
  const value = peek(head);
  return Array.isArray(value) && isHeader(Object.keys(objectOf(listOf(value)[0])));
};

const recognizes = (head: Uint8Array): boolean =>
  isHeader(headerOf(new TextDecoder().decode(head.subarray(0, 4_000)).split("\n", 1)[0] ?? "")) || isJson(head);

/** `t` and `f` in CSV. Statements inside of functions are no program's own. */
const isNested = (toplevel: unknown): boolean => toplevel === false || toplevel === "f" || toplevel === "false";

const wholeNumber = (value: unknown): number | undefined => {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};

/** What the view shows of statements of others, without the right to read them. */
const WITHHELD = "<insufficient privilege>";

/** Reads rows by the names of their columns; times and ids are not used. */
class Rows {
  readonly tally = new LogTally("statement-statistics");
  private rows = 0;
  unreadable = 0;

  add(row: (column: string) => unknown): void {
    if (++this.rows > MOST_ROWS) throw tooMany();
    const [query, calls, rows] = [row("query"), wholeNumber(row("calls")), wholeNumber(row("rows"))];
    if (calls === undefined) this.unreadable++;
    if (calls === undefined || calls === 0 || isNested(row("toplevel"))) return;
    const sql = typeof query === "string" && query !== "" && query !== WITHHELD ? query : undefined;
    const suite = this.tally.run({ kind: "suite", key: "(all statements)" });
    const sent = this.tally.sent(sql, "postgresql", "statement without its text");
    const told = { count: calls, failed: 0, ...(rows !== undefined && sent.length === 1 && { rows }) };
    for (const one of sent) this.tally.add(one, told, [suite]);
  }

  problems(): Problem[] {
    if (this.unreadable === 0) return [];
    const message = text`${this.unreadable} rows have no number of calls`;
    return [{ level: "error", code: "unreadable-rows", message, remedy: text`export the columns query and calls as they are` }];
  }
}

const tooMany = (): FormatError =>
  new FormatError(
    "too-many",
    text`the view has more than ${MOST_ROWS} rows`,
    text`reset it before the suite: \`select pg_stat_statements_reset()\``,
  );

const readJson = (content: AsyncIterable<Uint8Array>, rows: Rows): Promise<JsonRead> =>
  readJsonElements(content, {
    wanted: (path) => path === "/*",
    element: (_, json) => {
      const row = objectOf(parsedJson(json));
      rows.add((column) => (Object.hasOwn(row, column) ? row[column] : undefined));
    },
  });

async function readCsv(content: AsyncIterable<Uint8Array>, rows: Rows): Promise<JsonRead> {
  const [records, faults] = [new CsvRecords(), new LineFaults("rows")];
  let columns: ReadonlyMap<string, number> | undefined;
  for await (const block of textBlocks(content, faults.tooLong)) {
    for (const { cells, line } of records.read(block)) {
      if (!columns) columns = new Map(cells?.map((cell, at) => [cell.trim().toLowerCase(), at]));
      else if (cells?.length === columns.size) rows.add((column) => cells[columns?.get(column) ?? -1]);
      else faults.unreadable(line);
    }
    if (block.unfinished && records.isOpen) faults.truncated();
  }
  const problems = faults.problems();
  return { problems, incomplete: problems.length > 0 };
}

async function* withFirst(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
}

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const rows = new Rows();
  const { content, sha256 } = digested(chunks, origin);
  const source = content[Symbol.asyncIterator]();
  const first = await source.next();
  const whole = withFirst(first, source);
  const read = first.done !== true && isJson(first.value.subarray(0, 65_536)) ? await readJson(whole, rows) : await readCsv(whole, rows);
  const problems = [...read.problems, ...rows.problems()];
  if (rows.tally.isEmpty && problems.length === 0)
    throw new FormatError(
      "no-statements",
      text`the view has no statement`,
      text`look at it as the user who ran the tests, or with the role pg_read_all_stats`,
    );
  const partial = problems.length > 0 ? [{ code: "unreadable", message: text`parts of the file could not be read` } as const] : [];
  return { format: id, measurements: [], problems, runtime: rows.tally.record(sha256(), partial) };
}

export const pgStatStatements: ResultFormat = { id, title, streams: true, share: 0.5, recognizes, parse };
