import { LONGEST_STATEMENT } from "../../model/runtime.js";
import type { Dialect } from "../../model/statements.js";
import { type Text, text } from "../../model/text.js";
import type { SentToken } from "./tokens.js";

/** Lengths at which tools cut. */
const COMMON_LIMITS = new Set([1_024, 2_048, 4_096, 8_192, 16_384, 32_768, LONGEST_STATEMENT]);

/** No statement ends with one of these. */
const UNFINISHED = new Set(
  "select from where and or join on in by set values into having like between not as union case when then limit order group".split(" "),
);

function isUnbalanced(tokens: readonly SentToken[], dialect: Dialect): boolean {
  let depth = 0;
  for (const { kind, text: mark } of tokens) {
    if (kind !== "mark") continue;
    if (mark === "(") depth++;
    else if (mark === ")" && --depth < 0) return true;
  }
  const last = tokens.at(-1);
  return depth !== 0 || (last !== undefined && isOpenQuote(last, dialect));
}

const CLOSES: Readonly<Record<string, string>> = { "'": "'", '"': '"', "`": "`", "[": "]", e: "'", E: "'" };

/** A quoted text that the statement's end cut. */
function isOpenQuote({ kind, value, text: written }: SentToken, dialect: Dialect): boolean {
  if (kind !== "quoted" && value !== "string") return false;
  if (written.startsWith("$")) return !written.endsWith(written.slice(0, written.indexOf("$", 1) + 1)) || written.length < 4;
  const close = CLOSES[written[0] ?? ""];
  if (close === undefined) return false;
  const backslashes = /^e/i.test(written) || dialect === "mysql" || dialect === "mariadb";
  const first = written.indexOf(close === "]" ? "[" : close);
  let at = written.length - 1;
  while (at > first && written[at] === close) at--;
  const closing = written.length - 1 - at - (backslashes && written[at] === "\\" && isEscape(written, at) ? 1 : 0);
  return closing % 2 === 0;
}

/** A backslash that no other one escapes. */
function isEscape(written: string, at: number): boolean {
  let before = at;
  while (written[before] === "\\") before--;
  return (at - before) % 2 === 1;
}

/** Why a statement's text is no proof of what was sent; undefined where nothing speaks against it. */
export function whyCut(sql: string | undefined, tokens: readonly SentToken[], dialect: Dialect): Text | undefined {
  if (sql === undefined || tokens.length === 0) return text`the span has no statement text`;
  if (/(?:\.\.\.|…)$/.test(sql)) return text`the text ends in an ellipsis`;
  if (sql.length > LONGEST_STATEMENT) return text`the text is longer than ${LONGEST_STATEMENT / 1024} KB`;
  if (COMMON_LIMITS.has(sql.length)) return text`the text is exactly ${sql.length} characters long, a common limit`;
  if (isUnbalanced(tokens, dialect)) return text`the text ends inside quotes or brackets`;
  const last = tokens.at(-1);
  const ends = last?.kind === "name" ? UNFINISHED.has(last.text) : last?.kind === "mark" && !/[);\]*?]/.test(last.text);
  return ends ? text`the text ends in the middle of a clause` : undefined;
}
