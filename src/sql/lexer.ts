import type { Dialect } from "../model/statements.js";

/**
 * `quoted` is any string, quoted identifier or dollar-quoted body; `hole` a template placeholder;
 * `parameter` a value given at run time; `meta` a line for the client (psql, DELIMITER, GO), which also
 * ends a statement; `marker` characters that only a client or MySQL's `/*!` comments need.
 */
export type TokenKind = "space" | "comment" | "quoted" | "hole" | "parameter" | "meta" | "marker" | "word" | "punctuation";

/** Offsets in UTF-16 units, end exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

interface Lexis {
  /** Characters that open a quoted text, each with the one that closes it. */
  readonly quotes: Readonly<Record<string, string>>;
  /** The quotes inside which a backslash escapes. */
  readonly escaped: string;
  readonly dollarQuotes: boolean;
  readonly nestedComments: boolean;
  readonly patterns: readonly (readonly [TokenKind, RegExp])[];
}

const SPACE = ["space", /[ \t\r\n\f\v\uFEFF]+/y] as const;
const LINE_COMMENT = ["comment", /--[^\r\n]*/y] as const;
const HASH_COMMENT = ["comment", /#[^\r\n]*/y] as const;
// MySQL takes `--` for a comment only before white space: `5--3` is arithmetic.
const SPACED_COMMENT = ["comment", /--(?=[ \t\r\n\f\v]|$)[^\r\n]*/y] as const;
const EXECUTABLE = ["marker", /\/\*M?!\d*/y] as const;
const HOLE = ["hole", /\{\{[^{}]{0,300}\}\}|\$\{[^{}\r\n]{0,300}\}/y] as const;
// A quoted identifier that is a template as a whole may hold quotes of the template's own.
const QUOTED_HOLE = ["hole", /"\{\{[^{}]{0,300}\}\}"/y] as const;
const META: Readonly<Record<"postgresql" | "mysql" | "transactsql", readonly [TokenKind, RegExp]>> = {
  postgresql: ["meta", /\\[^\r\n]*/y],
  mysql: ["meta", /(?<=^[ \t]*)delimiter[ \t][^\r\n]+/imy],
  transactsql: ["meta", /(?<=^[ \t]*)go[ \t]{0,9}\d{0,9}(?=[ \t]{0,9}\r?$)/imy],
};
const PSQL_QUOTED_VARIABLE = ["marker", /(?<![:\w\])]):(?=['"])/y] as const;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const REST: Lexis["patterns"] = [
  ["parameter", /sqlc\s{0,9}\.\s{0,9}(?:arg|narg|slice)\s{0,9}\(\s{0,9}['"]?\w+['"]?\s{0,9}\)/iy],
  ["parameter", /(?<![\w:\])"'@<|&~#])[:@][A-Za-z_]\w*/y],
  ["parameter", /(?<![?@])\?\d*(?![?|&#-])/y],
  ["word", WORD],
  ["word", /\d[\w.]*/y],
];

const POSTGRES_LIKE: Lexis = {
  quotes: { "'": "'", '"': '"' },
  escaped: "",
  dollarQuotes: true,
  nestedComments: true,
  patterns: [SPACE, LINE_COMMENT, HOLE, QUOTED_HOLE, META.postgresql, PSQL_QUOTED_VARIABLE, ...REST],
};
const MYSQL_LIKE: Lexis = {
  quotes: { "'": "'", '"': '"', "`": "`" },
  escaped: "'\"",
  dollarQuotes: false,
  nestedComments: false,
  patterns: [SPACE, SPACED_COMMENT, HASH_COMMENT, EXECUTABLE, HOLE, META.mysql, ...REST],
};
const SQLITE: Lexis = {
  quotes: { "'": "'", '"': '"', "`": "`", "[": "]" },
  escaped: "",
  dollarQuotes: false,
  nestedComments: false,
  patterns: [SPACE, LINE_COMMENT, HOLE, ...REST],
};

const LEXES: Readonly<Record<Dialect, Lexis>> = {
  postgresql: POSTGRES_LIKE,
  redshift: POSTGRES_LIKE,
  mysql: MYSQL_LIKE,
  mariadb: MYSQL_LIKE,
  sqlite: SQLITE,
  transactsql: { ...SQLITE, nestedComments: true, patterns: [META.transactsql, ...SQLITE.patterns] },
  bigquery: { ...MYSQL_LIKE, patterns: [SPACE, LINE_COMMENT, HASH_COMMENT, HOLE, ...REST] },
  snowflake: { ...POSTGRES_LIKE, escaped: "'", nestedComments: false, patterns: [SPACE, LINE_COMMENT, HOLE, ...REST] },
};

/** Where the quoted text opened at `start` ends; an unclosed one reaches to the end of the text. */
function endOfQuoted(sql: string, start: number, close: string, escaped: boolean): number {
  for (let index = start + 1; index < sql.length; index += 1) {
    if (escaped && sql[index] === "\\") index += 1;
    else if (sql[index] === close) {
      if (sql[index + 1] !== close) return index + 1;
      index += 1;
    }
  }
  return sql.length;
}

function endOfComment(sql: string, start: number, nested: boolean): number {
  let depth = 1;
  for (let index = start + 2; index < sql.length; index += 1) {
    if (sql[index] === "*" && sql[index + 1] === "/") {
      depth -= 1;
      index += 1;
      if (depth === 0) return index + 1;
    } else if (nested && sql[index] === "/" && sql[index + 1] === "*") {
      depth += 1;
      index += 1;
    }
  }
  return sql.length;
}

const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

function endOfDollarQuoted(sql: string, start: number): number {
  DOLLAR_TAG.lastIndex = start;
  const tag = DOLLAR_TAG.exec(sql)?.[0];
  if (tag === undefined) return start;
  const close = sql.indexOf(tag, start + tag.length);
  return close < 0 ? sql.length : close + tag.length;
}

function enclosed(sql: string, start: number, lexis: Lexis): Token | null {
  const first = sql[start] ?? "";
  if ((first === "e" || first === "E") && sql[start + 1] === "'" && lexis.dollarQuotes)
    return { kind: "quoted", start, end: endOfQuoted(sql, start + 1, "'", true) };
  const close = lexis.quotes[first];
  if (close !== undefined) return { kind: "quoted", start, end: endOfQuoted(sql, start, close, lexis.escaped.includes(first)) };
  if (first === "/" && sql[start + 1] === "*") return { kind: "comment", start, end: endOfComment(sql, start, lexis.nestedComments) };
  const end = first === "$" && lexis.dollarQuotes ? endOfDollarQuoted(sql, start) : start;
  return end > start ? { kind: "quoted", start, end } : null;
}

/** Letters that begin nothing but a word: not `delimiter`, `go` or `sqlc.arg`. */
const PLAIN_LETTER = /[a-cfh-rt-z_]/i;

function matched(sql: string, start: number, lexis: Lexis): Token | null {
  if (PLAIN_LETTER.test(sql[start] ?? "")) {
    WORD.lastIndex = start;
    WORD.test(sql);
    return { kind: "word", start, end: WORD.lastIndex };
  }
  for (const [kind, pattern] of lexis.patterns) {
    pattern.lastIndex = start;
    if (pattern.test(sql)) return { kind, start, end: pattern.lastIndex };
  }
  return null;
}

const PLAIN = new Set("(),;=+*<>.%!|&^~]}");

function tokenAt(sql: string, start: number, lexis: Lexis, executable: boolean): Token {
  const punctuation: Token = { kind: "punctuation", start, end: start + 1 };
  if (executable && sql.startsWith("*/", start)) return { kind: "marker", start, end: start + 2 };
  if (PLAIN.has(sql[start] ?? "")) return punctuation;
  const pattern = matched(sql, start, lexis);
  return pattern?.kind === "marker" || pattern?.kind === "hole" ? pattern : (enclosed(sql, start, lexis) ?? pattern ?? punctuation);
}

/**
 * The tokens of an SQL text, without gaps, in time linear in its length. It never fails: what it does not
 * know is punctuation of one character.
 */
export function* tokenize(sql: string, dialect: Dialect): Generator<Token> {
  const lexis = LEXES[dialect];
  let start = 0;
  let executable = false;
  while (start < sql.length) {
    const token = tokenAt(sql, start, lexis, executable);
    if (token.kind === "marker") executable = sql.startsWith("/*", token.start);
    yield token;
    start = token.end;
  }
}

/** White space and comments: what a statement can lose without changing. */
export function isTrivia(token: Token): boolean {
  return token.kind === "space" || token.kind === "comment";
}

/** The statement without comments and with single spaces: equal for statements that differ in layout only. */
export function canonical(sql: string, dialect: Dialect): string {
  const words: string[] = [];
  for (const token of tokenize(sql, dialect)) if (!isTrivia(token)) words.push(sql.slice(token.start, token.end));
  return words.join(" ");
}
