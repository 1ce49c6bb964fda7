import type { Writing } from "./literal.js";
import type { TextMapper } from "./mapped-text.js";

const SINGLE: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", a: "\u0007", s: " ", e: "\u001b" };

const ESCAPE =
  /\\(?:u\{([\da-fA-F]{1,8})\}|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([0-7]{1,3})|(\r?\n[ \t]*)|([\s\S]))|(\{\{|\}\})|(""|'')/g;
const HIGHEST = 0x10ffff;

const point = (digits: string, radix: number): string => {
  const code = Number.parseInt(digits, radix);
  return code <= HIGHEST ? String.fromCodePoint(code) : "\uFFFD";
};

function escaped([written, braced, four, eight, two, octal, newline, single]: RegExpExecArray, trimmed: boolean): string {
  const hex = braced ?? four ?? eight ?? two;
  if (hex !== undefined) return point(hex, 16);
  if (octal !== undefined) return point(octal, 8);
  if (newline !== undefined) return trimmed ? "" : newline.replace(/^\r?\n/, "");
  return single === undefined ? written : (SINGLE[single] ?? single);
}

/** What an escape stands for; null when it stands for itself. */
function meaning(match: RegExpExecArray, { escapes, doubled, braces }: Writing): string | null {
  const [single, brace, quotes] = [match[7], match[8], match[9]];
  if (brace !== undefined) return braces ? brace.slice(1) : null;
  if (quotes !== undefined) return quotes[0] === doubled ? doubled : null;
  if (escapes === "none") return null;
  if (escapes === "quote") return single === "\\" || single === "'" ? single : null;
  return escaped(match, escapes === "trimmed");
}

/**
 * Adds the characters that a piece of a literal stands for, in time linear in its length.
 *
 * @param raw the source between the delimiters, which begins at `start` in the file
 */
export function decode(raw: string, start: number, writing: Writing, into: TextMapper): void {
  let done = 0;
  ESCAPE.lastIndex = 0;
  for (let match = ESCAPE.exec(raw); match !== null; match = ESCAPE.exec(raw)) {
    const stands = meaning(match, writing);
    // One that means nothing here may hide the beginning of one that does: a backslash before a doubled quote.
    if (stands === null) {
      ESCAPE.lastIndex = match.index + (match[8] === undefined && match[9] === undefined ? 1 : 2);
      continue;
    }
    into.copy(raw.slice(done, match.index), start + done);
    into.replace(stands, start + match.index);
    done = match.index + match[0].length;
  }
  into.copy(raw.slice(done), start + done);
}
