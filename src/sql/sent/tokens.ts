import type { Dialect } from "../../model/statements.js";
import { isTrivia, type Token, tokenize } from "../lexer.js";
import { EXPECTS_VALUE, NO_VALUE_BEHIND } from "./words.js";

export type ValueKind = "string" | "integer" | "decimal" | "parameter" | "constant";

/** A piece of a statement as it was sent; values are told from everything else. */
export interface SentToken {
  readonly kind: "name" | "quoted" | "value" | "mark";
  /** As written; a name in lower case. */
  readonly text: string;
  readonly value?: ValueKind;
  /** Nothing stands between it and the token before. */
  readonly glued: boolean;
}

/** In these, text in double quotes is a string. */
const DOUBLE_QUOTED_STRINGS: ReadonlySet<Dialect> = new Set(["mysql", "mariadb", "bigquery"]);
const STRING_PREFIXES = new Set(["b", "x", "n", "e"]);
const CONSTANTS = new Set(["true", "false", "null"]);

/** Whether something that has a value ends here, so that a sign behind it is an operator. */
const isOperand = (token: SentToken | undefined): boolean =>
  token !== undefined &&
  (token.kind === "value" ||
    token.kind === "quoted" ||
    (token.kind === "name" && !EXPECTS_VALUE.has(token.text)) ||
    token.text === ")" ||
    token.text === "]");

/** Where `true`, `false` and `null` are values, and not part of a condition (`is null`) or a column's definition. */
const isValuePlace = (before: SentToken | undefined): boolean =>
  before !== undefined &&
  (before.kind === "mark" ? before.text !== ")" : EXPECTS_VALUE.has(before.text) && !NO_VALUE_BEHIND.has(before.text));

class Reader {
  readonly tokens: SentToken[] = [];
  private readonly sql: string;
  private readonly dialect: Dialect;
  private readonly raw: readonly Token[];
  private at = 0;

  constructor(sql: string, dialect: Dialect) {
    this.sql = sql;
    this.dialect = dialect;
    const raw: Token[] = [];
    for (const token of tokenize(sql, dialect)) if (!isTrivia(token) && token.kind !== "marker") raw.push(token);
    this.raw = raw;
  }

  read(): readonly SentToken[] {
    while (this.at < this.raw.length) this.next();
    return this.tokens;
  }

  private next(): void {
    const kind = this.raw[this.at]?.kind;
    if (kind === "quoted") this.quoted();
    else if (kind === "parameter" || kind === "hole") this.value("parameter", 1);
    else if (kind === "word") this.word();
    else this.punctuation();
  }

  private quoted(): void {
    const first = this.textAt(0)[0] ?? "";
    const isString = first === '"' ? DOUBLE_QUOTED_STRINGS.has(this.dialect) : first !== "`" && first !== "[";
    if (isString) this.value("string", 1);
    else this.push("quoted", this.textAt(0));
  }

  private word(): void {
    const text = this.textAt(0).toLowerCase();
    if (/^\d/.test(text)) this.number(0);
    else if (STRING_PREFIXES.has(text) && this.isGlued(1) && this.textAt(1).startsWith("'")) this.value("string", 2);
    else if (CONSTANTS.has(text) && isValuePlace(this.tokens.at(-1))) this.value("constant", 1);
    else this.push("name", text);
  }

  /** @param signs tokens in front that belong to the number */
  private number(signs: number): void {
    const digits = this.textAt(signs);
    const isExponent =
      /[\d.]e$/i.test(digits) && this.isGlued(signs + 1) && /^[+-]$/.test(this.textAt(signs + 1)) && this.isDigits(signs + 2);
    this.value(/^\d+$/.test(digits) && !this.textAt(0).startsWith(".") ? "integer" : "decimal", signs + (isExponent ? 3 : 1));
  }

  private punctuation(): void {
    const text = this.textAt(0);
    const operand = isOperand(this.tokens.at(-1));
    if (text === "$" && this.isDigits(1)) this.value("parameter", 2);
    else if (text === "%" && !(operand && this.isGlued(0)) && this.placeholderLength() > 0)
      this.value("parameter", this.placeholderLength());
    else if (!operand && ((/^[+-]$/.test(text) && /^\d/.test(this.textAt(1))) || (text === "." && this.isDigits(1)))) this.number(1);
    else this.push("mark", text);
  }

  /** Tokens of `%s` or `%(name)s`; 0 where there is none. */
  private placeholderLength(): number {
    if (this.textAt(1) === "s" && this.isGlued(1)) return 2;
    const isNamed = this.textAt(1) === "(" && this.textAt(3) === ")" && this.textAt(4) === "s";
    return isNamed && [1, 2, 3, 4].every((ahead) => this.isGlued(ahead)) ? 5 : 0;
  }

  private isDigits(ahead: number): boolean {
    return this.isGlued(ahead) && /^\d/.test(this.textAt(ahead));
  }

  private textAt(ahead: number): string {
    const token = this.raw[this.at + ahead];
    return token ? this.sql.slice(token.start, token.end) : "";
  }

  private isGlued(ahead: number): boolean {
    const [token, before] = [this.raw[this.at + ahead], this.raw[this.at + ahead - 1]];
    return token !== undefined && before?.end === token.start;
  }

  private push(kind: SentToken["kind"], text: string): void {
    this.tokens.push({ kind, text, glued: this.isGlued(0) });
    this.at += 1;
  }

  private value(value: ValueKind, length: number): void {
    const [first, last] = [this.raw[this.at], this.raw[this.at + length - 1]];
    const text = this.sql.slice(first?.start, last?.end);
    this.tokens.push({ kind: "value", text, value, glued: this.isGlued(0) });
    this.at += length;
  }
}

/** The tokens of a statement without comments and white space, in time linear in its length. Never fails. */
export const sentTokens = (sql: string, dialect: Dialect): readonly SentToken[] => new Reader(sql, dialect).read();

/** The statements of a text, taken apart at semicolons outside of everything; empty ones are left out. */
export function batchOf(tokens: readonly SentToken[]): readonly (readonly SentToken[])[] {
  const statements: SentToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "mark" && token.text === ";") statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}
