import type { Dialect } from "../model/statements.js";
import { tokenize } from "./lexer.js";

const LATIN = /^[\t-\r -~]*$/;
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/;
// Joiners belong to scripts and emoji, and do no harm in a string.
const NO_WIDTH = /\u00AD|\u061C|\u180E|\u200B|\u200C|\u200D|\u200E|\u200F|\u2060|\u2061|\u2062|\u2063|\u2064|\u3164|(?!^)\uFEFF/;

/**
 * Where the first character stands that a reader cannot see and that may change what is read: one that
 * reverses the direction of writing, anywhere, or one without width outside strings and comments. Null
 * when there is none.
 */
export function invisibleAt(sql: string, dialect: Dialect): number | null {
  if (LATIN.test(sql) || (!DIRECTION.test(sql) && !NO_WIDTH.test(sql))) return null;
  for (const { kind, start, end } of tokenize(sql, dialect)) {
    const source = sql.slice(start, end);
    const isProse = kind === "quoted" || kind === "comment";
    const at = source.search(isProse ? DIRECTION : new RegExp(`${DIRECTION.source}|${NO_WIDTH.source}`));
    if (at >= 0) return start + at;
  }
  return null;
}
