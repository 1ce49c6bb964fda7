import type { Dialect, Suppression } from "../model/statements.js";
import { isTrivia, tokenize } from "./lexer.js";
import type { Piece } from "./split.js";

const IGNORE = /redline-ignore[ \t]+([a-z]+\/[a-z0-9-]+)[ \t]*:([^\r\n]*)/g;
const LONGEST_REASON = 300;

/** The suppressions in the text of one comment, of any language. */
export function suppressionsIn(comment: string): readonly Suppression[] {
  return [...comment.matchAll(IGNORE)].flatMap(([, rule = "", rest = ""]) => {
    const reason = rest.replace("*/", "").trim().slice(0, LONGEST_REASON);
    return reason === "" ? [] : [{ rule, reason }];
  });
}

/**
 * The `redline-ignore` comments that belong to each statement: inside it, behind it on its last line, or
 * above it. Without a reason there is none. A string is not a comment.
 *
 * @param pieces in the order of the text; the answer has the same order.
 */
export function suppressionsOf(sql: string, dialect: Dialect, pieces: readonly Piece[]): readonly (readonly Suppression[])[] {
  const found = pieces.map((): Suppression[] => []);
  if (!sql.includes("redline-ignore")) return found;
  let next = 0;
  let sameLine = false;
  for (const token of tokenize(sql, dialect)) {
    while (next < pieces.length && (pieces[next]?.end ?? 0) <= token.start) {
      next += 1;
      sameLine = true;
    }
    const source = sql.slice(token.start, token.end);
    if (token.kind === "comment") found[sameLine ? next - 1 : next]?.push(...suppressionsIn(source));
    if (isTrivia(token) && source.includes("\n")) sameLine = false;
  }
  return found;
}
