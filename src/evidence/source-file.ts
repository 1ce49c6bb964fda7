import type { Statement, Suppression } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import type { Openness, SourceSql } from "../source/compose.js";
import { sourceOffset } from "../source/mapped-text.js";
import { type Bound, bindParameters } from "../sql/bound.js";
import { foreignDialect, isForMysql } from "../sql/foreign-dialect.js";
import { canonical } from "../sql/lexer.js";
import { lineOf, lineStarts } from "../sql/lines.js";
import { type Piece, split } from "../sql/split.js";
import { suppressionsIn, suppressionsOf } from "../sql/suppressions.js";
import { type Found, type GivenFile, nameIn, type Question } from "./found.js";
import type { ParsedSql, ReadSource } from "./sources.js";
import { invisible } from "./sql-file.js";

type Read = Exclude<ReadSource, { readonly refused: Text }>;

const OPEN: Readonly<Record<Openness, Text>> = {
  extended: text`more text is added to it at run time`,
  built: text`it is a piece of SQL that is put together at run time`,
  jpql: text`it is a query over classes (JPQL), not over tables`,
};
const FRAGMENT = text`a part of it other than a value is put in at run time`;

/** What of a statement is known before it is parsed. */
interface Place {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly start: number;
  readonly sql: string;
  readonly dialect: Statement["dialect"];
  readonly suppressions: readonly Suppression[];
}

interface Asked {
  readonly source: SourceSql;
  readonly place: Place;
  readonly bound: Bound;
  /** The text to parse. */
  readonly sql: string;
}

/** `redline-ignore` of the host language, by line; on a comment's last line. */
function commentsByLine(
  file: GivenFile,
  comments: Read["comments"],
  starts: readonly number[],
): ReadonlyMap<number, readonly Suppression[]> {
  const byLine = new Map<number, readonly Suppression[]>();
  for (const { start, end } of comments) {
    const line = lineOf(starts, Math.max(start, end - 1));
    byLine.set(line, [...(byLine.get(line) ?? []), ...suppressionsIn(file.text.slice(start, end))]);
  }
  return byLine;
}

/** Those on the lines of the literal or of the host's statement before it, and in the comments right above that. */
function suppressionsAt(byLine: ReadonlyMap<number, readonly Suppression[]>, first: number, last: number): readonly Suppression[] {
  if (byLine.size === 0) return [];
  let from = first;
  while (byLine.has(from - 1)) from -= 1;
  return [...byLine].flatMap(([line, suppressions]) => (line >= from && line <= last ? suppressions : []));
}

/** A format that is filled in elsewhere, or the beginning of a text. */
const isUnfinished = (sql: string, error: string): boolean => error.endsWith("at end of input") || /%[sdvq]|\{\w{0,60}\}|\.\.\./.test(sql);

function notParsed(
  { source, bound, place }: Asked,
  error: string,
): { readonly state: "not-parsed" | "not-checkable"; readonly reason: Text } | null {
  if (bound.holes > 0 || isUnfinished(place.sql, error)) return { state: "not-checkable", reason: FRAGMENT };
  if (!source.certain) return null;
  if (isForMysql(place.sql, place.dialect))
    return { state: "not-checkable", reason: text`it is written for MySQL, in a file of another dialect` };
  return { state: "not-parsed", reason: text`${error}` };
}

/** Why a text is not judged although it may parse. */
function whyOpen({ source, bound, place }: Asked): Text | null {
  if (source.open !== null) return OPEN[source.open];
  const foreign = foreignDialect(place.sql, place.dialect);
  if (foreign !== null) return text`it is written for ${[foreign]}, which is not parsed`;
  return bound.structural ? FRAGMENT : null;
}

interface Answered {
  readonly statement: Statement;
  readonly fingerprint: string | null;
}

function statementsOf(asked: Asked, answer: ParsedSql): readonly Answered[] {
  const { place, source, bound } = asked;
  if ("refused" in answer) return [{ statement: { ...place, state: "not-checkable", reason: answer.refused }, fingerprint: null }];
  const open = whyOpen(asked);
  const isSql = source.certain || answer.statements.some((parsed) => "tree" in parsed);
  if (open !== null) return isSql ? [{ statement: { ...place, state: "not-checkable", reason: open }, fingerprint: null }] : [];
  const marks = {
    ...(place.dialect === "postgresql" && bound.sql !== place.sql && { bound: bound.sql }),
    ...(source.kind === "condition" && ({ condition: true } as const)),
  };
  return answer.statements.flatMap((parsed): readonly Answered[] => {
    if ("tree" in parsed)
      return [{ statement: { ...place, ...marks, state: "parsed", tree: parsed.tree }, fingerprint: parsed.fingerprint ?? null }];
    const failed = notParsed(asked, parsed.error);
    return failed ? [{ statement: { ...place, ...failed }, fingerprint: null }] : [];
  });
}

/** Asks about the statements of one source file: one text each. */
class SourceFile {
  private readonly starts: readonly number[];
  private readonly byLine: ReadonlyMap<number, readonly Suppression[]>;
  private readonly file: GivenFile;

  constructor(file: GivenFile, comments: Read["comments"]) {
    this.file = file;
    this.starts = lineStarts(file.text);
    this.byLine = commentsByLine(file, comments, this.starts);
  }

  questions(source: SourceSql): readonly Question[] {
    const { dialect } = this.file;
    const pieces = source.kind === "condition" ? [{ start: 0, end: source.sql.length }] : split(source.sql, dialect);
    const inside = suppressionsOf(source.sql, dialect, pieces);
    return pieces.map((piece, index) => {
      const asked = this.asked(source, piece, inside[index] ?? []);
      const name = nameIn(source.sql.slice(pieces[index - 1]?.end ?? 0, piece.end));
      return {
        text: { path: this.file.path, dialect, sql: asked.sql, ...(this.file.paired && { fingerprints: true }) },
        answered: (answer) =>
          statementsOf(asked, answer).flatMap(({ statement, fingerprint }) => this.found(asked, statement, fingerprint, name)),
      };
    });
  }

  private asked(source: SourceSql, piece: Piece, inside: readonly Suppression[]): Asked {
    const { path, dialect } = this.file;
    const sql = source.sql.slice(piece.start, piece.end);
    const bound = bindParameters(sql, dialect, "value");
    const start = sourceOffset(source.segments, piece.start);
    const last = Math.max(start, sourceOffset(source.segments, Math.max(piece.start, piece.end - 1)));
    const line = lineOf(this.starts, start);
    const endLine = lineOf(this.starts, last);
    const host = suppressionsAt(this.byLine, lineOf(this.starts, Math.min(source.anchor, start)), lineOf(this.starts, source.end));
    const place = { path, line, endLine, start, sql, dialect, suppressions: [...inside, ...host] };
    return { source, place, bound, sql: source.kind === "condition" ? `select 1 from hole where ${bound.sql}` : bound.sql };
  }

  private found({ source, place }: Asked, statement: Statement, fingerprint: string | null, name: string | null): readonly Found[] {
    return invisible(statement, () => place.line).map((one) => ({
      statement: one,
      get identity() {
        return `${statement.state === "parsed"} ${canonical(place.sql, place.dialect)}`;
      },
      fingerprint,
      name,
      place: source.place,
    }));
  }
}

/** How a source file's SQL is asked about. The way back of a migration is left out, as `down.sql` is. */
export function sourceFileQuestions(file: GivenFile, read: Read): readonly Question[] {
  const questions = new SourceFile(file, read.comments);
  return read.found.flatMap((source) => (file.kind === "migration" && source.wayBack ? [] : questions.questions(source)));
}
