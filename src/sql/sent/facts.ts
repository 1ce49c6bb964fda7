import type { SentToken } from "./tokens.js";
import { EXPECTS_VALUE } from "./words.js";

const MAIN_VERBS = new Set(["select", "insert", "update", "delete", "merge"]);
const BEFORE_TABLE = new Set(["from", "join", "into", "update", "table", "using"]);
/** Words that may stand between FROM or UPDATE and the table's name. */
const BETWEEN = new Set(["only", "lateral", "if", "exists", "not"]);
/** Behind these, FROM and UPDATE begin no table: `is distinct from`, `for update`, `on conflict do update`. */
const NOT_OF_TABLE = new Set(["distinct", "for", "do", "key", "no", "on"]);
const FUNCTIONS_WITH_FROM = new Set(["extract", "substring", "trim", "overlay", "position"]);
const NO_TABLES = new Set(["unnest", "dual"]);

const isKeyword = (name: string): boolean => NO_TABLES.has(name) || BEFORE_TABLE.has(name) || EXPECTS_VALUE.has(name);

const isMark = (token: SentToken | undefined, text: string): boolean => token?.kind === "mark" && token.text === text;

/** The first word in capitals; behind WITH, the one of the statement itself. */
export function verbOf(tokens: readonly SentToken[]): string {
  const first = tokens.find((token) => !isMark(token, "("));
  if (first?.kind !== "name") return "";
  if (first.text !== "with") return first.text.toUpperCase();
  let depth = 0;
  for (const token of tokens) {
    if (isMark(token, "(")) depth++;
    else if (isMark(token, ")")) depth--;
    else if (depth === 0 && token.kind === "name" && MAIN_VERBS.has(token.text)) return token.text.toUpperCase();
  }
  return "WITH";
}

/** A dotted name at a place, and where it ends. */
function nameAt(tokens: readonly SentToken[], start: number): { readonly name: string; readonly end: number } | null {
  const parts: string[] = [];
  let at = start;
  for (;;) {
    const token = tokens[at];
    if (token?.kind !== "name" && token?.kind !== "quoted") break;
    parts.push(token.text);
    at++;
    if (!isMark(tokens[at], ".")) return { name: parts.join("."), end: at };
    at++;
  }
  return null;
}

/** Names that WITH gives to queries: `x AS (`, `x (a, b) AS (`. */
function commonTables(tokens: readonly SentToken[]): ReadonlySet<string> {
  const names = new Set<string>();
  if (tokens[0]?.text !== "with") return names;
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    const isNamed = token.kind !== "mark" && (next?.text === "as" || isMark(next, "("));
    if (isNamed && (at === 1 || tokens[at - 1]?.text === "recursive" || isMark(tokens[at - 1], ","))) names.add(token.text);
  }
  return names;
}

const beginsTable = (token: SentToken, before: SentToken | undefined, inside: string): boolean =>
  BEFORE_TABLE.has(token.text) &&
  !(before?.kind === "name" && NOT_OF_TABLE.has(before.text)) &&
  (token.text !== "from" || !FUNCTIONS_WITH_FROM.has(inside));

const isWord = (token: SentToken | undefined): boolean => token?.kind === "name" || token?.kind === "quoted";

/** The position behind a table's other name: `as y`, `y`. */
function behindAlias(tokens: readonly SentToken[], start: number): number {
  const at = tokens[start]?.text === "as" ? start + 1 : start;
  return isWord(tokens[at]) ? at + 1 : at;
}

/** The tables of a list that begins at a place: `a`, `a x, b as y`. */
function listAt(tokens: readonly SentToken[], start: number, isInto: boolean): readonly string[] {
  const found: string[] = [];
  for (let at = start; ; at++) {
    while (BETWEEN.has(tokens[at]?.text ?? "")) at++;
    const named = nameAt(tokens, at);
    if (!named || isKeyword(named.name)) return found;
    if (isInto || !isMark(tokens[named.end], "(")) found.push(named.name);
    at = behindAlias(tokens, named.end);
    if (isInto || !isMark(tokens[at], ",")) return found;
  }
}

/** Follows the brackets: the functions in which a place lies, empty texts for other brackets. */
function follow(open: string[], token: SentToken | undefined, before: SentToken | undefined): void {
  if (isMark(token, "(")) open.push(before?.kind === "name" ? before.text : "");
  else if (isMark(token, ")")) open.pop();
}

/** The tables that a statement names, as far as its words tell: each once, sorted, without those of WITH. */
export function tablesOf(tokens: readonly SentToken[]): readonly string[] {
  const known = commonTables(tokens);
  const found = new Set<string>();
  const open: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, before] = [tokens[at], tokens[at - 1]];
    follow(open, token, before);
    if (token?.kind !== "name" || !beginsTable(token, before, open.at(-1) ?? "")) continue;
    for (const name of listAt(tokens, at + 1, token.text === "into")) if (!known.has(name)) found.add(name);
  }
  return [...found].sort();
}
