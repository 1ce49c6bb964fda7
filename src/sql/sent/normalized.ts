import type { SentToken } from "./tokens.js";
import { BEFORE_BRACKET } from "./words.js";

const VALUE: SentToken = { kind: "value", text: "?", value: "parameter", glued: false };
const LIST: SentToken = { kind: "value", text: "(?…)", value: "parameter", glued: false };
const ARRAY: SentToken = { kind: "value", text: "[?…]", value: "parameter", glued: true };

const DEFAULT = new Set(["default"]);
const ARRAY_WORD = new Set(["array"]);
const BEFORE_LIST = new Set(["in", "values", "value"]);
const VALUES = new Set(["values"]);
const PASSING = new Set(["savepoint", "release", "close", "deallocate", "fetch", "move"]);
const ROLLBACK = new Set(["rollback"]);
const TO = new Set(["to"]);
const DECLARE = new Set(["declare"]);

const isName = (token: SentToken | undefined, names: ReadonlySet<string>): boolean => token?.kind === "name" && names.has(token.text);
/** @param marks each of one character */
const isMark = (token: SentToken | undefined, marks: string): boolean => token?.kind === "mark" && marks.includes(token.text);

/** What a list of values is made of; casts are written `::text`. */
const isOfList = (token: SentToken, before: SentToken | undefined): boolean =>
  token.kind === "value" || isMark(token, ",()[]:") || isName(token, DEFAULT) || (token.kind === "name" && isMark(before, ":"));

/** The position behind a bracket that closes a list of nothing but values; -1 when it holds anything else. */
function endOfList(tokens: readonly SentToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || !isOfList(token, tokens[at - 1])) return -1;
    if (isMark(token, "([")) depth++;
    else if (isMark(token, ")]") && --depth === 0) return at + 1;
  }
  return -1;
}

const opensList = (tokens: readonly SentToken[], at: number, made: readonly SentToken[]): boolean => {
  const before = made.at(-1);
  if (isMark(tokens[at], "[")) return isName(before, ARRAY_WORD);
  return isMark(tokens[at], "(") && (isName(before, BEFORE_LIST) || (isMark(before, ",") && made.at(-2) === LIST));
};

/** Lists of values become one sign, however long they are. */
function withoutLists(tokens: readonly SentToken[]): readonly SentToken[] {
  const made: SentToken[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    const end = token && opensList(tokens, at, made) ? endOfList(tokens, at) : -1;
    if (end > 0) made.push(isMark(token, "[") ? ARRAY : LIST);
    else if (token) made.push(token.kind === "value" ? { ...VALUE, glued: token.glued } : token);
    at = Math.max(at + 1, end);
  }
  return made;
}

/** The position behind a row of VALUES. */
function endOfRow(tokens: readonly SentToken[], start: number): number {
  if (tokens[start] === LIST) return start + 1;
  if (!isMark(tokens[start], "(")) return start;
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (isMark(tokens[at], "(")) depth++;
    else if (isMark(tokens[at], ")") && --depth === 0) return at + 1;
  }
  return tokens.length;
}

/** The rows behind VALUES, without those that are like the one before, and where they end. */
function rowsAt(tokens: readonly SentToken[], start: number): { readonly kept: readonly SentToken[]; readonly end: number } {
  const kept: SentToken[] = [];
  let [at, last] = [start, ""];
  for (let end = endOfRow(tokens, start); end > at; end = isMark(tokens[at], ",") ? endOfRow(tokens, at + 1) : at) {
    const row = joined(tokens.slice(isMark(tokens[at], ",") ? at + 1 : at, end));
    if (row !== last) for (const one of tokens.slice(at, end)) kept.push(one);
    [at, last] = [end, row];
  }
  return { kept, end: at };
}

/** An insert of ten rows is the insert of one. */
function withoutRows(tokens: readonly SentToken[]): readonly SentToken[] {
  const made: SentToken[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at++];
    if (token) made.push(token);
    if (!isName(token, VALUES)) continue;
    const { kept, end } = rowsAt(tokens, at);
    for (const one of kept) made.push(one);
    at = end;
  }
  return made;
}

const TEMPORARY = /^(?:pg_temp|temp|tmp)_?[0-9a-f]*\d[0-9a-f]*(?:_[0-9a-f]+)*$/;

/** Names that are made up for one use; those of savepoints and cursors are left out with the whole rest. */
function withoutPassing(tokens: readonly SentToken[]): readonly SentToken[] {
  const [first, second] = tokens;
  if (first && isName(first, PASSING)) return [first, VALUE];
  if (first && isName(first, ROLLBACK) && tokens.some((token) => isName(token, TO))) return [first, { ...first, text: "to" }, VALUE];
  if (first && second && isName(first, DECLARE)) return [first, VALUE, ...tokens.slice(2)];
  return tokens.map((token) => (token.kind === "name" && TEMPORARY.test(token.text) ? { ...token, text: "tmp?" } : token));
}

const OPERATORS = new Set("+-*/<>=~!@#%^&|?");

/** One way of setting spaces, whatever the text had: equal tokens are equal texts. */
function separator(before: SentToken, token: SentToken): string {
  if (isMark(before, "([.:") || isMark(token, ",)].:[") || token === ARRAY) return "";
  if (isMark(token, "(")) return (before.kind === "name" && !BEFORE_BRACKET.has(before.text)) || before.kind === "quoted" ? "" : " ";
  const isOperator = (one: SentToken) => one.kind === "mark" && OPERATORS.has(one.text);
  return token.glued && isOperator(before) && isOperator(token) ? "" : " ";
}

function joined(tokens: readonly SentToken[]): string {
  let [result, before]: [string, SentToken | undefined] = ["", undefined];
  for (const token of tokens) {
    result += before ? separator(before, token) + token.text : token.text;
    before = token;
  }
  return result;
}

/**
 * The text of a statement without its values: equal for two that differ in literals, parameters, the length of lists,
 * comments and layout only. Linear in the number of tokens.
 */
export const normalizedText = (tokens: readonly SentToken[]): string => joined(withoutPassing(withoutRows(withoutLists(tokens))));
