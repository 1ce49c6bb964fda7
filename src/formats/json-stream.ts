import { FormatError, type Problem } from "../model/measurement.js";
import { figure, text } from "../model/text.js";
import { BrokenJson, type Elements, JsonScanner, LONGEST_ELEMENT } from "./json-elements.js";
import { LineFaults } from "./line-faults.js";
import { textWindows } from "./text-windows.js";

/** Where a value is broken over lines; a line that ends elsewhere is one that was cut. */
const BREAKS = /[{[,:]$/;

/** What is told of the elements of a stream. */
export type Wanted = Omit<Elements, "overlong">;

/** How a file was read. */
export interface JsonRead {
  readonly problems: readonly Problem[];
  /** Elements may be missing. */
  readonly incomplete: boolean;
}

const AGAIN = text`produce the file again, and give it as the tool wrote it`;

const notJson = (line: number): FormatError => new FormatError("not-json", text`the file is not valid JSON at line ${line}`, AGAIN, line);

/** Reads one file, as JSON lines or as one JSON value over many lines: the first line end tells. Built for a single use. */
class Stream {
  private readonly faults = new LineFaults("lines");
  private readonly scanner: JsonScanner;
  private lines: boolean | undefined;
  private line = 1;
  private overlong = 0;
  /** The end of the first line. */
  private last = "";
  private isBroken = false;

  constructor(wanted: Wanted) {
    this.scanner = new JsonScanner({
      wanted: (path) => wanted.wanted(path),
      opened: (path) => wanted.opened?.(path),
      element: (path, json) => wanted.element(path, json),
      overlong: () => {
        this.overlong++;
      },
    });
  }

  push(piece: string): void {
    let from = 0;
    for (let end = piece.indexOf("\n"); end !== -1; end = piece.indexOf("\n", from)) {
      this.part(piece.slice(from, end));
      this.endOfLine();
      from = end + 1;
    }
    this.part(piece.slice(from));
  }

  end(): JsonRead {
    if (!this.scanner.isBetween && !this.isBroken) {
      if (this.lines === undefined && this.line === 1) throw truncated(this.line);
      if (this.lines === false) throw truncated(this.line);
      this.faults.truncated();
    }
    const problems = this.faults.problems();
    if (this.overlong > 0) problems.push(overlong(this.overlong));
    return { problems, incomplete: problems.some(({ level }) => level === "error") };
  }

  private part(piece: string): void {
    if (this.isBroken) return;
    if (this.lines === undefined) this.last = piece.slice(-20).trimEnd() || this.last;
    try {
      this.scanner.push(piece);
    } catch (error) {
      if (!(error instanceof BrokenJson)) throw error;
      if (this.lines !== true) throw notJson(this.line);
      this.broken();
    }
  }

  private broken(): void {
    this.isBroken = true;
    this.faults.unreadable(this.line);
  }

  private endOfLine(): void {
    this.lines ??= this.scanner.isBetween || !BREAKS.test(this.last);
    if (this.lines) {
      if (!this.isBroken && !this.scanner.isBetween) this.faults.unreadable(this.line);
      this.isBroken = false;
      this.scanner.reset();
    }
    this.line++;
  }
}

const truncated = (line: number): FormatError =>
  new FormatError("truncated", text`the file ends in the middle, at line ${line}`, AGAIN, line);

const overlong = (times: number): Problem => ({
  level: "error",
  code: "too-long",
  message: text`${figure(times.toLocaleString("en-US"))} elements are longer than ${LONGEST_ELEMENT / 1e6} MB and were not read`,
  remedy: text`limit the length of attributes: OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`,
});

/**
 * Reads the wanted elements of a JSON file of any size, one value a line or one over many lines, in memory that does not grow
 * with it. A broken line costs its own elements.
 * @throws FormatError `not-json` or `truncated` for a file that is one broken value
 */
export async function readJsonElements(chunks: AsyncIterable<Uint8Array>, wanted: Wanted): Promise<JsonRead> {
  const stream = new Stream(wanted);
  for await (const piece of textWindows(chunks)) stream.push(piece);
  return stream.end();
}
