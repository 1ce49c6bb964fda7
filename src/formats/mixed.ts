import type { ResultFormat } from "../model/measurement.js";

const NEWLINE = 0x0a;
const SPACE = 0x20;
const isBracket = (byte: number | undefined): boolean => byte === 0x7b || byte === 0x5b;

/**
 * The formats of a JSON value that begins at a line's start behind text: results of another tool, appended to the same file.
 * A text format reads over such lines, as it does over a build's output, and would leave those results out unsaid.
 */
export function alsoIn(head: Uint8Array, known: readonly ResultFormat[]): readonly ResultFormat[] {
  if (isBracket(head.find((byte) => byte > SPACE))) return [];
  for (let at = head.indexOf(NEWLINE); at !== -1; at = head.indexOf(NEWLINE, at + 1)) {
    if (!isBracket(head[at + 1])) continue;
    const rest = head.subarray(at + 1);
    return known.filter((format) => format.recognizes(rest));
  }
  return [];
}
