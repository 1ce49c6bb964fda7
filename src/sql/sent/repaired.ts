import { type SentToken, sentTokens } from "./tokens.js";
import { TYPED_LITERALS } from "./words.js";

const isName = (token: SentToken | undefined, ...names: readonly string[]): boolean => token?.kind === "name" && names.includes(token.text);
const isMark = (token: SentToken | undefined, mark: string): boolean => token?.kind === "mark" && token.text === mark;
const isParameter = (token: SentToken | undefined): boolean => token?.value === "parameter";

/** What stands in some tokens' place, and how many there are. */
interface Repair {
  readonly tokens: readonly SentToken[];
  readonly length: number;
}

type Repairer = (tokens: readonly SentToken[], at: number) => Repair | null;

/** `interval $1` was `interval '1 day'`: a type stands in front of a literal only. */
const typed: Repairer = (tokens, at) => {
  const [type, value] = [tokens[at], tokens[at + 1]];
  if (type?.kind !== "name" || !TYPED_LITERALS.has(type.text) || !value || !isParameter(value)) return null;
  return { tokens: [{ ...value, text: `${value.text}::${type.text}`, glued: type.glued }], length: 2 };
};

/** `extract($1 from d)` was `extract(epoch from d)`, which takes a word and no value. */
const extracted: Repairer = (tokens, at) => {
  const [name, open, field, from] = tokens.slice(at, at + 4);
  if (!name || !open || !field || !from || !isName(name, "extract") || !isMark(open, "(") || !isParameter(field) || !isName(from, "from"))
    return null;
  return { tokens: [{ ...name, text: "date_part" }, open, field, { kind: "mark", text: ",", glued: true }], length: 4 };
};

/** The end of a list that holds nothing but parameters, their types and commas; -1 where it holds more. */
function endOfList(tokens: readonly SentToken[], from: number): number {
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (isMark(token, "]")) return at;
    if (!isParameter(token) && token?.kind !== "name" && !isMark(token, ",") && !isMark(token, ":") && !isMark(token, "::")) return -1;
  }
  return -1;
}

/** `any(array[$1, $2])`: nobody told the type of an array of unknown parameters, so that it would be text. */
const listed: Repairer = (tokens, at) => {
  const [quantifier, open, array, bracket, first] = tokens.slice(at, at + 5);
  if (!quantifier || !open || !first || !isName(quantifier, "any", "some", "all") || !isMark(open, "(") || !isName(array, "array"))
    return null;
  if (!isMark(bracket, "[") || !isParameter(first)) return null;
  const end = endOfList(tokens, at + 5);
  return end < 0 || !isMark(tokens[end + 1], ")") ? null : { tokens: [quantifier, open, { ...first, glued: true }], length: end + 1 - at };
};

/** `generate_series($1, $2)`: of two values that nobody told the type of, numbers; times come with a step. */
const series: Repairer = (tokens, at) => {
  const [name, open, from, comma, to, close] = tokens.slice(at, at + 6);
  if (!name || !open || !from || !comma || !to || !close || !isName(name, "generate_series") || !isMark(open, "(")) return null;
  if (!isParameter(from) || !isMark(comma, ",") || !isParameter(to) || !isMark(close, ")")) return null;
  return { tokens: [name, open, { ...from, text: `${from.text}::bigint` }, comma, to, close], length: 6 };
};

const repairers: readonly Repairer[] = [typed, extracted, listed, series];

const written = (tokens: readonly SentToken[]): string =>
  tokens.reduce((sql, { text, glued }) => (sql === "" || glued ? `${sql}${text}` : `${sql} ${text}`), "");

/**
 * A statement whose values a server or driver replaced by `$n`, as PostgreSQL plans it: where a literal may stand, a
 * parameter may not always. Linear in the length.
 */
export function repaired(sql: string): string {
  const tokens = sentTokens(sql, "postgresql");
  const out: SentToken[] = [];
  let changed = false;
  for (let at = 0; at < tokens.length; ) {
    const repair = repairers.map((one) => one(tokens, at)).find((found) => found !== null);
    changed ||= repair !== undefined;
    for (const token of repair?.tokens ?? tokens.slice(at, at + 1)) out.push(token);
    at += repair?.length ?? 1;
  }
  return changed ? written(out) : sql;
}
