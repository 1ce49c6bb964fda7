import type { Dialect } from "../model/statements.js";
import { isTrivia, type Token, tokenize } from "./lexer.js";

/** One statement's place: UTF-16 offsets, without its delimiter and without comments around it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Follows `BEGIN ATOMIC … CASE … END … END`, inside which a semicolon ends nothing. */
function atomicDepth(depth: number, word: string, previous: string): number {
  if (depth === 0) return word === "ATOMIC" && previous === "BEGIN" ? 1 : 0;
  if (word === "CASE" || word === "BEGIN") return depth + 1;
  return word === "END" ? depth - 1 : depth;
}

class Splitter {
  readonly pieces: Piece[] = [];
  private delimiter = ";";
  private start = -1;
  private end = 0;
  private depth = 0;
  private previous = "";
  private readonly sql: string;
  private readonly dialect: Dialect;

  constructor(sql: string, dialect: Dialect) {
    this.sql = sql;
    this.dialect = dialect;
  }

  take(token: Token): void {
    if (token.start < this.end && this.start < 0) return;
    if (token.kind === "meta") this.clientLine(token);
    else if (this.depth === 0 && this.sql.startsWith(this.delimiter, token.start)) this.flush(token.start + this.delimiter.length);
    else {
      if (this.start < 0) this.start = token.start;
      this.end = token.end;
      const word = token.kind === "word" ? this.sql.slice(token.start, token.end).toUpperCase() : "";
      this.depth = atomicDepth(this.depth, word, this.previous);
      this.previous = word;
    }
  }

  flush(next: number): void {
    if (this.start >= 0) this.pieces.push({ start: this.start, end: this.end });
    this.start = -1;
    this.end = next;
    this.depth = 0;
  }

  private clientLine(token: Token): void {
    this.flush(token.end);
    if (this.dialect !== "mysql" && this.dialect !== "mariadb") return;
    const [, delimiter = ";"] = this.sql
      .slice(token.start, token.end)
      .trim()
      .split(/[ \t]+/);
    this.delimiter = delimiter;
  }
}

/** Splits a text into statements by its tokens alone, so that one that does not parse hides none of the others. */
export const split = (sql: string, dialect: Dialect): readonly Piece[] => splitTokens(sql, dialect, tokenize(sql, dialect));

/** {@link split} of a text whose tokens are known. */
export function splitTokens(sql: string, dialect: Dialect, tokens: Iterable<Token>): readonly Piece[] {
  const splitter = new Splitter(sql, dialect);
  for (const token of tokens) if (!isTrivia(token)) splitter.take(token);
  splitter.flush(sql.length);
  return splitter.pieces;
}
