import type { Dialect } from "../model/statements.js";
import { prepare } from "../sql/prepare.js";
import { type Piece, split } from "../sql/split.js";
import type { DialectParser, ParsedSource } from "./dialect-parser.js";

/** A statement longer than this is not parsed: some grammars need quadratic time. */
export const STATEMENT_BYTES = 64 * 1024;
export const FILE_STATEMENTS = 2000;
/** Levels of a parse tree, and characters of all trees of a file: what those who walk it can take. */
export const TREE_DEPTH = 1500;
export const TREE_CHARACTERS = 16 * 1024 * 1024;

/** The tree is JSON text, so that nothing in it can hurt the process that receives it. */
export type Taken = { readonly start: number; readonly end: number } & (
  | { readonly tree: string; readonly fingerprint?: string }
  | { readonly error: string }
);

export interface TakenApart {
  readonly statements: readonly Taken[];
  /** Something other than a syntax error happened: this process is to be replaced. */
  readonly tainted: boolean;
}

const isTooLong = (sql: string, piece: Piece): boolean => Buffer.byteLength(sql.slice(piece.start, piece.end)) > STATEMENT_BYTES;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}

/** Takes one text apart with one parser; built for a single use. */
class Taker {
  private readonly sql: string;
  private readonly dialect: Dialect;
  private readonly parser: DialectParser;
  private characters = 0;
  private tainted = false;

  constructor(sql: string, dialect: Dialect, parser: DialectParser) {
    this.sql = sql;
    this.dialect = dialect;
    this.parser = parser;
  }

  take(pieces: readonly Piece[]): TakenApart {
    const sound = pieces.length > 0 && pieces.every((piece) => !isTooLong(this.sql, piece));
    const statements = (sound && this.whole()) || pieces.flatMap((piece) => this.one(piece));
    return { statements, tainted: this.tainted };
  }

  /** The parser's own split, unless one statement keeps the whole from parsing. */
  private whole(): readonly Taken[] | null {
    if (!this.parser.whole) return null;
    const { bound } = prepare(this.sql, this.dialect);
    try {
      return this.parser.whole(bound).flatMap((placed) => this.packed(this.trimmed(bound, placed), placed));
    } catch (error) {
      this.explain(error);
      return null;
    }
  }

  private one(piece: Piece): readonly Taken[] {
    if (isTooLong(this.sql, piece)) return [{ ...piece, error: `the statement is longer than ${STATEMENT_BYTES / 1024} KB` }];
    const { filled, bound } = prepare(this.sql.slice(piece.start, piece.end), this.dialect);
    const [first, second] = this.dialect === "postgresql" ? [bound, filled] : [filled, bound];
    try {
      return this.packed(piece, this.parser.one(first));
    } catch (error) {
      return first === second ? [{ ...piece, error: this.explain(error) }] : this.again(piece, second, error);
    }
  }

  private again(piece: Piece, source: string, error: unknown): readonly Taken[] {
    const explanation = this.explain(error);
    try {
      return this.packed(piece, this.parser.one(source));
    } catch (secondError) {
      this.explain(secondError);
      return [{ ...piece, error: explanation }];
    }
  }

  private explain(error: unknown): string {
    const sentence = this.parser.syntaxError(error);
    if (sentence !== null) return sentence;
    // A trap inside WebAssembly: its memory is in no known state.
    if (error instanceof Error && error.name === "RuntimeError") throw error;
    this.tainted = true;
    return error instanceof RangeError ? "the statement is nested too deeply to be parsed" : "the parser failed on the statement";
  }

  private packed(piece: Piece, { tree, gap, fingerprint }: ParsedSource): readonly Taken[] {
    const place = { start: piece.start, end: piece.end };
    if (isDeeperThan(tree, TREE_DEPTH)) return [{ ...place, error: "the statement is nested too deeply to be judged" }];
    const json = JSON.stringify(tree) ?? "null";
    this.characters += json.length;
    if (this.characters > TREE_CHARACTERS) return [{ ...place, error: "the file's statements together are too large to be judged" }];
    const taken: Taken = { ...place, tree: json, ...(fingerprint !== undefined && { fingerprint }) };
    return gap === undefined ? [taken] : [taken, { ...place, error: gap }];
  }

  /** A parser counts the comments above a statement as part of it. */
  private trimmed(sql: string, piece: Piece): Piece {
    const inner = split(sql.slice(piece.start, piece.end), this.dialect);
    return { start: piece.start + (inner[0]?.start ?? 0), end: piece.start + (inner.at(-1)?.end ?? piece.end - piece.start) };
  }
}

/**
 * The statements of a text in their order, those that do not parse among them; null when there are more
 * than {@link FILE_STATEMENTS}. Throws when the parser fails in a way that nothing it says can be trusted.
 */
export function takeApart(sql: string, dialect: Dialect, parser: DialectParser): TakenApart | null {
  const live = sql.slice(0, prepare(sql, dialect).filled.length);
  const pieces = split(live, dialect);
  return pieces.length > FILE_STATEMENTS ? null : new Taker(live, dialect, parser).take(pieces);
}
