import { tokenize } from "./lexer.js";

/** What fits into a line of a table; the columns of an ORM's SELECT alone are longer. */
const SHORT = 80;

/** Where the word FROM stands outside of parentheses; -1 where it does not. */
function fromAt(sql: string): number {
  let depth = 0;
  for (const token of tokenize(sql, "postgresql")) {
    const source = sql.slice(token.start, token.end);
    if (source === "(") depth += 1;
    else if (source === ")") depth -= 1;
    else if (depth === 0 && token.kind === "word" && source.toLowerCase() === "from") return token.start;
  }
  return -1;
}

/** A statement for a table: of a long SELECT the columns are left out, since its tables and conditions tell more. Not for running. */
export function abridged(sql: string): string {
  const select = /^select\s/i.exec(sql)?.[0];
  if (sql.length <= SHORT || select === undefined) return sql;
  const from = fromAt(sql);
  return from < 0 ? sql : `${select.trim()} … ${sql.slice(from)}`;
}
