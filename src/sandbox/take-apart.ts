import type { Dialect } from "../model/statements.js";
import { prepare } from "../sql/prepare.js";
import { type Piece, splitTokens } from "../sql/split.js";
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

// A unit of UTF-16 is three bytes of UTF-8 at most.
const isTooLong = (sql: string, { start, end }: Piece): boolean =>
  3 * (end - start) > STATEMENT_BYTES && Buffer.byteLength(sql.slice(start, end)) > STATEMENT_BYTES;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}

/** A parser counts the comments above a statement as part of it; what its tokens alone say does not. Places are given in their order. */
function trimmer(pieces: readonly Piece[]): (place: Piece) => Piece {
  let next = 0;
  return (place) => {
    while ((pieces[next]?.end ?? place.end) <= place.start) next += 1;
    const first = pieces[next];
    let last = first;
    for (let at = next; (pieces[at]?.end ?? Number.POSITIVE_INFINITY) <= place.end; at += 1) last = pieces[at];
    return { start: Math.max(first?.start ?? 0, place.start), end: Math.min(last?.end ?? place.end, place.end) };
  };
}

/** Takes one text apart with one parser; built for a single use. */
class Taker {
  private readonly sql: string;
  private readonly dialect: Dialect;
  private readonly parser: DialectParser;
  private readonly fingerprints: boolean;
  private characters = 0;
  private tainted = false;

  constructor(sql: string, dialect: Dialect, parser: DialectParser, fingerprints: boolean) {
    this.sql = sql;
    this.dialect = dialect;
    this.parser = parser;
    this.fingerprints = fingerprints;
  }

  /** @param bound see {@link prepare}. */
  take(pieces: readonly Piece[], bound: string): TakenApart {
    const sound = pieces.length > 0 && pieces.every((piece) => !isTooLong(this.sql, piece));
    const statements = (sound && this.whole(bound, pieces)) || pieces.flatMap((piece) => this.one(piece));
    return { statements, tainted: this.tainted };
  }

  /** The parser's own split, unless one statement keeps the whole from parsing. */
  private whole(bound: string, pieces: readonly Piece[]): readonly Taken[] | null {
    if (!this.parser.whole) return null;
    const trimmed = trimmer(pieces);
    try {
      return this.parser.whole(bound).flatMap((placed) => this.packed(trimmed(placed), placed));
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
    const json = JSON.stringify(tree) ?? "null";
    // Each level is a pair of brackets.
    if (json.length > 2 * TREE_DEPTH && isDeeperThan(tree, TREE_DEPTH))
      return [{ ...place, error: "the statement is nested too deeply to be judged" }];
    this.characters += json.length;
    if (this.characters > TREE_CHARACTERS) return [{ ...place, error: "the file's statements together are too large to be judged" }];
    const taken: Taken = { ...place, tree: json, ...(this.fingerprints && fingerprint && { fingerprint: fingerprint() }) };
    return gap === undefined ? [taken] : [taken, { ...place, error: gap }];
  }
}

/**
 * The statements of a text in their order, those that do not parse among them; null when there are more
 * than {@link FILE_STATEMENTS}. Throws when the parser fails in a way that nothing it says can be trusted.
 */
export function takeApart(sql: string, dialect: Dialect, parser: DialectParser, fingerprints: boolean): TakenApart | null {
  const { filled, bound, tokens } = prepare(sql, dialect);
  const live = sql.slice(0, filled.length);
  const pieces = splitTokens(live, dialect, tokens);
  return pieces.length > FILE_STATEMENTS ? null : new Taker(live, dialect, parser, fingerprints).take(pieces, bound);
}
