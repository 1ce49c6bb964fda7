import type { Dialect } from "../model/statements.js";
import { type Token, tokenize } from "./lexer.js";

/** A text made parseable. Both have the given text's offsets for PostgreSQL, whose parser tells where statements stand. */
export interface Prepared {
  /** As long as the given text up to its down part: template holes are identifiers, client lines are blank. */
  readonly filled: string;
  /** Besides, what is given at run time (`@p`, `:p`, `?`, `sqlc.arg(p)`) is a parameter. */
  readonly bound: string;
  /** The tokens of the given text up to its down part. */
  readonly tokens: readonly Token[];
}

/** Stands for `?`, the only parameter too short for `$1`. A letter, so that it parses as a column no one has. */
export const SHORT_PARAMETER = "ʔ";

const DOWN = /^--(?:[ \t]*(?:\+goose[ \t]+down\b|\+migrate[ \t]+down\b|migrate:down\b)|[\s-]{0,9}down[ \t]+migration\s*$)/i;

/** True for the identifier that {@link prepare} puts in a template's place. */
export function isHole(identifier: string): boolean {
  return /^hole_*$/.test(identifier);
}

// `"{{ index .Options "Namespace" }}"`: to a lexer two quoted names with a word between them.
const QUOTED_HOLE = /"\{\{[^{}"\n]{0,100}(?:"[^{}"\n]{0,100}"[^{}"\n]{0,100})?\}\}"/g;

const identifier = (length: number): string => "hole".padEnd(length, "_").slice(0, length);

const postgresParameter = (length: number): string => (length === 1 ? SHORT_PARAMETER : "$1".padEnd(length));

/** A dollar-quoted text is mostly the body of a block, which is parsed in its turn. */
const filledBody = (source: string): string => source.replace(/\{\{[^{}]{0,300}\}\}/g, (hole) => identifier(hole.length));

// River's `/* TEMPLATE: schema */` is a comment to every parser, but not inside of a string; blanks before a name there are nothing.
export const withoutTemplates = (source: string): string =>
  source.replace(/\/\* TEMPLATE: \w{1,60} \*\//g, (hole) => " ".repeat(hole.length));

function filledToken(token: Token, source: string): string {
  if (token.kind === "hole") return identifier(source.length);
  if (token.kind === "quoted") return withoutTemplates(source.startsWith("$") ? filledBody(source) : source);
  if (token.kind === "meta") return ";".padEnd(source.length);
  if (token.kind === "marker") return source.replace(/[^\r\n]/g, " ");
  // A byte order mark is white space to every client, and a letter to the parsers.
  return token.kind === "space" ? source.replace(/[\f\v\uFEFF]/g, " ") : source;
}

const boundToken = (token: Token, source: string, dialect: Dialect): string => {
  if (token.kind !== "parameter") return filledToken(token, source);
  return dialect === "postgresql" ? postgresParameter(source.length) : ":p";
};

/** A text of which some tokens are replaced: most are not, and are copied by the stretch. */
class Rewritten {
  private text = "";
  private from = 0;
  private readonly sql: string;

  constructor(sql: string) {
    this.sql = sql;
  }

  put({ start, end }: Token, source: string, instead: string): void {
    if (instead === source) return;
    this.text += this.sql.slice(this.from, start) + instead;
    this.from = end;
  }

  until(end: number): string {
    return this.text + this.sql.slice(this.from, end);
  }
}

/**
 * Replaces what no parser reads. Parameters are rewritten although PostgreSQL accepts `@p`: there it is an
 * operator on a column, and would be judged as one. Strings and comments stay as they are, but for the
 * template holes of a dollar-quoted one.
 */
export function prepare(text: string, dialect: Dialect): Prepared {
  const sql = text.includes("{{") ? text.replace(QUOTED_HOLE, (hole) => identifier(hole.length)) : text;
  const [filled, bound] = [new Rewritten(sql), new Rewritten(sql)];
  const tokens: Token[] = [];
  let live = sql.length;
  for (const token of tokenize(sql, dialect)) {
    const isPlain = token.kind === "word" || token.kind === "punctuation";
    const source = isPlain ? "" : sql.slice(token.start, token.end);
    if (token.kind === "comment" && DOWN.test(source)) {
      live = token.start;
      break;
    }
    tokens.push(token);
    if (isPlain) continue;
    filled.put(token, source, filledToken(token, source));
    bound.put(token, source, boundToken(token, source, dialect));
  }
  return { filled: filled.until(live), bound: bound.until(live), tokens };
}
