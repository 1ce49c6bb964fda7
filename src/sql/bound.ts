import type { Dialect } from "../model/statements.js";
import { isTrivia, type Token, tokenize } from "./lexer.js";
import { withoutTemplates } from "./prepare.js";

/** An SQL text with its parameters in one form. */
export interface Bound {
  /** PostgreSQL's `$1`, `$2`, …; for the other dialects named parameters, which their parsers read. */
  readonly sql: string;
  readonly parameters: number;
  /** Holes of a template or format, other than parameters. */
  readonly holes: number;
  /** True when a hole stands where a name or a whole condition belongs, so that the text is not what runs. */
  readonly structural: boolean;
}

/** What `${…}` is: a name that a template fills in, as in .sql files, or a value where a value can stand, as in source code. */
export type Holes = "identifier" | "value";

const EMBED = /sqlc\s{0,9}\.\s{0,9}embed\s{0,9}\(\s{0,9}(\w+)\s{0,9}\)/iy;
/** What a parameter, a hole, or a client's line begins with; most texts of migrations have none of it. */
const REWRITTEN = /[?@{\\/]|sqlc|delimiter|\bgo\b|(?<!:):(?!:)/i;
const NAMED = /\(\s*['"]?(\w+)/;
const QUOTED_HOLE = /\$\{[\w.]{0,60}\}/g;
const WHOLE_HOLE = /^'\$\{([\w.]{0,60})\}'$/;

/** Behind these stands a condition, or the name of a column: a hole there is more than a value. */
const LEADS: ReadonlySet<string> = new Set(["WHERE", "AND", "OR", "ON", "HAVING", "NOT", "BY"]);

/** Words that an operand may follow. Behind any other one, `?` is PostgreSQL's operator for a key in JSON. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set(
  (
    "ALL AND ANY AS BETWEEN BY CALL CASE DEFAULT DISTINCT ELSE ESCAPE EXCEPT EXECUTE FETCH FIRST FOR FROM HAVING ILIKE IN INTERSECT INTERVAL " +
    "INTO IS JOIN LIKE LIMIT NEXT NOT OFFSET ON OR RETURN RETURNING SELECT SET SIMILAR SOME THEN TO TOP UNION USING VALUES WHEN WHERE"
  ).split(" "),
);

class Binder {
  private readonly out: string[] = [];
  private readonly numbers = new Map<string, number>();
  private next: number;
  private holes = 0;
  private structural = false;
  private between = 0;
  /** The last token that counts, and the last word with nothing but parentheses behind it. */
  private previous: { readonly kind: Token["kind"] | "none"; readonly text: string } = { kind: "none", text: "" };
  private lead = "";
  private readonly sql: string;
  private readonly dialect: Dialect;
  private readonly mode: Holes;

  constructor(sql: string, dialect: Dialect, mode: Holes) {
    // `$${n}` and `$%d` number the parameters at run time; a hole that touches a word would be read as its end.
    this.sql = mode === "value" ? sql.replaceAll("$${", " ${").replace(/(\w)\$\{/g, "$1 ${") : sql;
    this.dialect = dialect;
    this.mode = mode;
    this.next = this.isPostgres() ? Math.max(0, ...[...sql.matchAll(/\$(\d{1,4})\b/g)].map(([, digits]) => Number(digits))) + 1 : 1;
  }

  bind(): Bound {
    const first = this.next;
    let skipped = 0;
    for (const token of tokenize(this.sql, this.dialect)) {
      if (token.start < skipped) continue;
      skipped = this.embedded(token) ?? this.take(token);
    }
    return { sql: this.out.join(""), parameters: this.next - first, holes: this.holes, structural: this.structural };
  }

  private isPostgres(): boolean {
    return this.dialect === "postgresql" || this.dialect === "redshift";
  }

  /** `sqlc.embed(t)` is all columns of `t`. */
  private embedded({ kind, start }: Token): number | null {
    if (kind !== "word") return null;
    EMBED.lastIndex = start;
    const embed = EMBED.exec(this.sql);
    if (!embed) return null;
    this.out.push(`${embed[1]}.*`);
    this.previous = { kind: "word", text: "*" };
    return start + embed[0].length;
  }

  private take(token: Token): number {
    const source = this.sql.slice(token.start, token.end);
    this.out.push(this.written(token, source));
    if (!isTrivia(token)) this.remember(token, source);
    return token.end;
  }

  private written(token: Token, source: string): string {
    if (token.kind === "parameter") return this.isOperator(token, source) ? source : this.spaced(token, this.parameter(nameOf(source)));
    if (token.kind === "hole") return this.mode === "identifier" ? "hole" : this.hole(token, source);
    if (token.kind === "quoted") return withoutTemplates(this.mode === "value" ? this.quoted(token, source) : source);
    return token.kind === "meta" || token.kind === "marker" ? " " : source;
  }

  private hole(token: Token, source: string): string {
    this.holes += 1;
    const isAnswered = this.sql.startsWith("::", token.end);
    if (LEADS.has(this.lead) && !(this.lead === "AND" && this.between > 0) && !isAnswered) this.structural = true;
    const name = source.slice(2, -1).trim();
    return this.spaced(token, this.parameter(/^[\w.]+$/.test(name) ? `$${name}` : null));
  }

  /** A value inside a string stays a part of it; inside a name nobody knows what it becomes. */
  private quoted(token: Token, source: string): string {
    const found = source.match(QUOTED_HOLE)?.length ?? 0;
    if (found === 0) return source;
    this.holes += found;
    const whole = WHOLE_HOLE.exec(source);
    if (whole) return this.spaced(token, this.parameter(whole[1] ? `$${whole[1]}` : null));
    if (!/^(?:[eE]?'|\$)/.test(source) || this.isObjectName(token)) this.structural = true;
    return source.replace(QUOTED_HOLE, "1");
  }

  /** `'${schema}.users'::regclass`. */
  private isObjectName({ end }: Token): boolean {
    return /^\s{0,9}::\s{0,9}reg/i.test(this.sql.slice(end, end + 24));
  }

  /** The same name is the same parameter; one without a name is always another. */
  private parameter(name: string | null): string {
    const known = name === null ? undefined : this.numbers.get(name);
    const number = known ?? this.next;
    if (known === undefined) this.next += 1;
    if (name !== null) this.numbers.set(name, number);
    const written = this.isPostgres() ? `$${number}` : `:p${number}`;
    // Drivers put a whole list in a parameter's place.
    return /^(?:IN|VALUES)$/.test(this.previous.text) ? `(${written})` : written;
  }

  private spaced({ start, end }: Token, written: string): string {
    const before = /\w/.test(this.sql[start - 1] ?? "") ? " " : "";
    return `${before}${written}${/\w/.test(this.sql[end] ?? "") ? " " : ""}`;
  }

  /** `data ? 'key'`: a question mark behind an operand. */
  private isOperator({ kind }: Token, source: string): boolean {
    if (source !== "?" || kind !== "parameter" || !this.isPostgres()) return false;
    const { kind: before, text } = this.previous;
    if (before === "word") return !BEFORE_OPERAND.has(text);
    return before === "quoted" || before === "parameter" || before === "hole" || text === ")" || text === "]";
  }

  private remember(token: Token, source: string): void {
    const text = token.kind === "word" ? source.toUpperCase() : source;
    if (text === "BETWEEN") this.between += 1;
    else if (this.between > 0 && this.lead === "AND" && text !== "(") this.between -= 1;
    this.previous = { kind: token.kind, text };
    if (token.kind === "word") this.lead = text;
    else if (source !== "(") this.lead = "";
  }
}

/** `:a`, `@a` and `sqlc.arg(a)` are one parameter; `?1` the first one; `?` always another. */
function nameOf(source: string): string | null {
  if (source.startsWith("?")) return source === "?" ? null : source;
  return /^[:@]/.test(source) ? source.slice(1) : (NAMED.exec(source)?.[1] ?? null);
}

/**
 * Rewrites every style of parameter to one: `?`, `?1`, `:name`, `@name`, `sqlc.arg(name)` and, in source
 * code, `${…}`. Strings, comments, casts and the operators of JSON stay. Linear in the text's length.
 */
export function bindParameters(sql: string, dialect: Dialect, holes: Holes): Bound {
  if (!REWRITTEN.test(sql)) return { sql, parameters: 0, holes: 0, structural: false };
  return new Binder(sql, dialect, holes).bind();
}
