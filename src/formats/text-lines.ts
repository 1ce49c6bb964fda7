import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";
import { gather } from "./bytes.js";

/** One line of a tool's text output. */
export interface Line {
  /** Without line ending, colours and white space at its end; cut at {@link LONGEST_LINE}. */
  readonly text: string;
  /** 1-based. */
  readonly number: number;
}

const NEWLINE = 0x0a;

/** In characters. No tool writes longer result lines, and every pattern over a line stays cheap below it. */
export const LONGEST_LINE = 20_000;

/** What a terminal takes as colour or cursor movement: ECMA-48 control sequences. */
const CONTROL_SEQUENCE = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;?]*[A-Za-z]`, "g");

/** Progress that a tool wrote over with a carriage return is gone on a terminal, and here. */
function cleaned(raw: string): string {
  const whole = raw.trimEnd();
  // A line that was cut stays exactly as long as the longest: that is how it is told from a whole one.
  if (whole.length > LONGEST_LINE) return whole.slice(0, LONGEST_LINE);
  const line = whole.replace(CONTROL_SEQUENCE, "").trimEnd();
  return line.slice(line.lastIndexOf("\r") + 1);
}

/** The lines of a text, one at a time; the last one also without a line ending. Linear in its length. */
export function* linesOf(source: string): Generator<Line, undefined> {
  let [start, number] = [0, 1];
  while (start < source.length) {
    const newline = source.indexOf("\n", start);
    const end = newline === -1 ? source.length : newline;
    yield { text: cleaned(source.slice(start, end)), number };
    start = end + 1;
    number++;
  }
}

/** The lines of the first bytes of a file; the last may be cut in the middle. For recognising only. */
export function peekLines(head: Uint8Array): readonly string[] {
  return [...linesOf(new TextDecoder().decode(head))].map((line) => line.text);
}

/** The bytes as text. @throws FormatError `not-utf-8` */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError("not-utf-8", text`the file is not valid UTF-8 text`, text`save it as UTF-8`);
  }
}

/** A load test of a million requests has a row for each; far more lines are held for no result. */
const MOST_LINES = 2_000_000;

function refuseMany(bytes: Uint8Array): void {
  let lines = 0;
  for (const byte of bytes) if (byte === NEWLINE) lines++;
  if (lines > MOST_LINES)
    throw new FormatError("too-many", text`the file has more than ${MOST_LINES} lines`, text`give the tool's results without other output`);
}

/** A whole text file as lines. @throws FormatError `not-utf-8`, `too-many` */
export async function readLines(chunks: AsyncIterable<Uint8Array>): Promise<Iterable<Line>> {
  const bytes = await gather(chunks);
  refuseMany(bytes);
  return linesOf(decoded(bytes));
}

/** A number as tools print it: digits, a fraction, an exponent; with `,` between thousands where allowed. NaN for anything else. */
export function printed(number: string, thousands: "commas" | "plain" = "plain"): number {
  const digits = thousands === "commas" ? number.replaceAll(",", "") : number;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
}
