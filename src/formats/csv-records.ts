import { CsvError, parse } from "csv-parse/sync";
import type { Block } from "./text-blocks.js";

/** One record. Its cells are undefined when its quoting is wrong. */
export interface CsvRecord {
  /** The first ones, as many as are wanted. */
  readonly cells: readonly string[] | undefined;
  /** How many it has. */
  readonly width: number;
  /** 1-based: where it begins. */
  readonly line: number;
}

/** In characters. A quote that nobody closed must not swallow the rest of the file. */
const LONGEST = 1_000_000;

function parsed(sources: readonly string[]): readonly (readonly string[] | undefined)[] {
  try {
    const records: string[][] = parse(sources.join("\n"), { relax_column_count: true });
    if (records.length === sources.length) return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return sources.length === 1 ? [undefined] : sources.flatMap((source) => parsed([source]));
}

const COMMA = 0x2c;
const CARRIAGE_RETURN = 0x0d;

/** The cells of a line without quotes: one pass, and no strings for those that nobody reads. */
function unquoted(text: string, start: number, end: number, line: number, wanted: number): CsvRecord {
  const cells: string[] = [];
  let [width, from] = [1, start];
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== COMMA) continue;
    if (width <= wanted) cells.push(text.slice(from, at));
    from = at + 1;
    width++;
  }
  if (width <= wanted) cells.push(text.slice(from, end));
  return { cells, width, line };
}

/**
 * Records of a CSV file, a block at a time. Lines without a quote, which are nearly all, are cut at their
 * commas: that is the same by RFC 4180, and faster than a CSV parser (`npm run bench`). The others
 * of a block go through the parser together.
 */
export class CsvRecords {
  /** Cells of a record that are read; the others are only counted. */
  wanted = Number.POSITIVE_INFINITY;
  private line = 0;
  /** Within quotes that a line before has opened. */
  isOpen = false;
  private open = "";
  private openLine = 0;
  private quoted: { readonly at: number; readonly source: string }[] = [];

  read({ text }: Block): readonly CsvRecord[] {
    const records: CsvRecord[] = [];
    let quote = text.indexOf('"');
    for (let at = 0; at < text.length; ) {
      this.line++;
      const newline = text.indexOf("\n", at);
      const next = newline === -1 ? text.length : newline;
      const end = text.charCodeAt(next - 1) === CARRIAGE_RETURN ? next - 1 : next;
      const isQuoted = quote !== -1 && quote < end;
      if (isQuoted || this.isOpen) this.continue(text.slice(at, end), records);
      else if (end > at) records.push(unquoted(text, at, end, this.line, this.wanted));
      if (isQuoted) quote = text.indexOf('"', end);
      at = next + 1;
    }
    return this.completed(records);
  }

  /** A record goes on over the lines until its quotes are even. */
  private continue(source: string, records: CsvRecord[]): void {
    if (!this.isOpen) [this.openLine, this.open] = [this.line, source];
    else this.open += `\n${source}`;
    if (source.split('"').length % 2 === 0) this.isOpen = !this.isOpen;
    const isWhole = !this.isOpen;
    if (!isWhole && this.open.length <= LONGEST) return;
    if (isWhole) this.quoted.push({ at: records.length, source: this.open });
    records.push({ cells: undefined, width: 0, line: this.openLine });
    [this.isOpen, this.open] = [false, ""];
  }

  private completed(records: CsvRecord[]): readonly CsvRecord[] {
    if (this.quoted.length === 0) return records;
    const cells = parsed(this.quoted.map(({ source }) => source));
    for (const [index, { at }] of this.quoted.entries())
      records[at] = { line: records[at]?.line ?? 0, cells: cells[index], width: cells[index]?.length ?? 0 };
    this.quoted = [];
    return records;
  }
}
