import type { SentToken } from "./tokens.js";
import { ROW_COUNTS, SIZED_TYPES, TYPED_LITERALS } from "./words.js";

const MOST_INT = 2_147_483_647n;
const MOST_BIGINT = 9_223_372_036_854_775_807n;

/** PostgreSQL's own type of a number that is written out, so that a parameter in its place means the same. */
function numberType({ text, value }: SentToken): string {
  if (value !== "integer" || text.length > 20) return "numeric";
  const size = BigInt(text.replace(/[-+\s]/g, ""));
  return size <= MOST_INT ? "int" : size <= MOST_BIGINT ? "bigint" : "numeric";
}

const isMark = (token: SentToken | undefined, text: string): boolean => token?.kind === "mark" && token.text === text;

/** Writes one statement; built for a single use. */
class Writer {
  private readonly tokens: readonly SentToken[];
  private readonly named = new Map<string, number>();
  private highest: number;
  /** Inside ORDER BY or GROUP BY, where a figure names a column. */
  private ordinals = false;

  constructor(tokens: readonly SentToken[]) {
    this.tokens = tokens;
    this.highest = tokens.reduce((most, token) => Math.max(most, numberOf(token)), 0);
  }

  write(): string {
    let result = "";
    for (const [at, token] of this.tokens.entries()) {
      this.follow(token);
      const piece = token.kind === "value" ? this.value(token, at) : this.isTypeOfNext(at) ? "" : token.text;
      result += piece === "" || result === "" || token.glued ? piece : ` ${piece}`;
    }
    return result;
  }

  private follow(token: SentToken): void {
    if (token.kind === "name") this.ordinals = token.text === "by" || (this.ordinals && /^(?:asc|desc|nulls|first|last)$/.test(token.text));
    else if (token.value !== "integer" && !isMark(token, ",")) this.ordinals = false;
  }

  private isTypeOfNext(at: number): boolean {
    const token = this.tokens[at];
    return token?.kind === "name" && TYPED_LITERALS.has(token.text) && this.tokens[at + 1]?.value === "string";
  }

  private value(token: SentToken, at: number): string {
    if (token.value === "constant" || (token.value === "integer" && this.isKept(at))) return token.text;
    if (token.value === "parameter") return `$${this.parameter(token)}`;
    this.highest++;
    if (token.value === "string") return this.isTypeOfNext(at - 1) ? `$${this.highest}::${this.tokens[at - 1]?.text}` : `$${this.highest}`;
    return `$${this.highest}::${numberType(token)}`;
  }

  private parameter(token: SentToken): number {
    const known = numberOf(token) || this.named.get(token.text);
    if (known) return known;
    this.highest++;
    if (/^[:@%]\w|^%\(/.test(token.text) && token.text !== "%s") this.named.set(token.text, this.highest);
    return this.highest;
  }

  /** Numbers that are part of the statement, not of its data: rows wanted, columns by place, sizes of types. */
  private isKept(at: number): boolean {
    const [before, earlier] = [this.tokens[at - 1], this.tokens[at - 2]];
    if (this.ordinals || (before?.kind === "name" && ROW_COUNTS.has(before.text))) return true;
    if (isMark(before, ",")) return isMark(this.tokens[at - 3], "(") && this.isSizedType(at - 4);
    return isMark(before, "(") && earlier !== undefined && this.isSizedType(at - 2);
  }

  private isSizedType(at: number): boolean {
    const token = this.tokens[at];
    return token?.kind === "name" && SIZED_TYPES.has(token.text);
  }
}

/** The number of `$3`; 0 for anything else. */
function numberOf({ value, text }: SentToken): number {
  const digits = value === "parameter" ? /^\$(\d{1,5})$/.exec(text)?.[1] : undefined;
  return digits === undefined ? 0 : Number(digits);
}

/**
 * The statement with `$n` for each value, as PostgreSQL plans it: `?`, `:name`, `%s` and literals are numbered behind
 * the `$n` that are there. Numbers keep their type by a cast. Comments are gone.
 */
export const parameterizedText = (tokens: readonly SentToken[]): string => new Writer(tokens).write();
