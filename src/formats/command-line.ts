import type { Paired } from "../model/measurement.js";

/** Longest command that is shown, in UTF-16 units. */
const LONGEST = 200;

/** No controls, formats (bidi, zero width), lone surrogates or line separators: what is seen is what would be run. */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;
const BARE_WORD = /^[\w@%+=:,./-]+$/u;

/** A word as a POSIX shell takes it apart again. */
const quoted = (word: string): string => (BARE_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Never inside of a character. */
const cut = (line: string): string => (line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/u, "")}…`);

/**
 * A command's words as one line to copy behind `--`; nothing where it is more than one printable line.
 * @param words one word is a line for the shell, several are a program and its arguments
 */
export function commandLine(words: readonly string[]): Pick<Paired, "command"> {
  const line = words.map(quoted).join(" ");
  return PRINTABLE.test(line) ? { command: cut(line) } : {};
}
