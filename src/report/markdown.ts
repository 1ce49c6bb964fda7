import type { Text } from "../model/text.js";
import { clipped, plainly } from "./plain.js";
import { visible, visiblePart } from "./visible.js";

/** Where a sentence stands: in running text, or in a cell of a table, where a pipe would end the cell. */
export type Place = "inline" | "cell";

/** Longest sentence in UTF-16 units; what follows is cut at the next part. Bounds every line of a comment. */
const LONGEST = 2_000;

/** No userinfo, parentheses, quotes, spaces or escapes: nothing that Markdown could read differently. */
const LONGEST_URL = 800;
const SAFE_URL = /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[\w.~%/?#=&+,:-]*)?$/iu;
/** Words of ours such as `run 12`, which no GitHub pattern reads as a mention, an issue or a SHA. */
const PLAIN_LABEL = /^[a-z]+(?: [a-z]+)*(?: \d{1,12})?$/iu;
const BALANCED = /^[^`]*(?:`[^`]+`[^`]*)*$/u;

const longestRun = (content: string): number => Math.max(0, ...(content.match(/`+/gu) ?? []).map((run) => run.length));

// A backslash before the pipe would escape our escape, in one version of the parser and not in another.
const forCell = (content: string): string => content.replace(/\\\|/gu, "\\U+007C").replaceAll("|", "\\|");

/** A code span that shows exactly this (CommonMark 6.1): longer fence than any run inside, padded where it strips. */
function codeSpan(content: string, place: Place): string {
  const fence = "`".repeat(longestRun(content) + 1);
  const padding = /^`|`$|^ .*[^ ].* $/u.test(content) ? " " : "";
  const shown = place === "cell" ? forCell(content) : content;
  return `${fence}${padding}${shown}${padding}${fence}`;
}

const link = (label: string, url: string, place: Place): string => {
  const shown = PLAIN_LABEL.test(label) && !/[0-9a-f]{7}/iu.test(label) ? label : codeSpan(visible(label), place);
  return url.length <= LONGEST_URL && SAFE_URL.test(url) ? `[${shown}](${url})` : shown;
};

/** A narrow column breaks at every space: a figure stays with its unit, an arrow with what it leads to. */
const UNBROKEN = /(?<=\d) (?=(?:%|[nµmk]?s|min|h|[kMGT]?i?B)(?!\p{L}))|(?<=→) /gu;

function words(own: string, place: Place): string {
  const escaped = own.replace(/[<*]/gu, "\\$&");
  return place === "cell" ? escaped.replace(UNBROKEN, "\u00A0") : escaped;
}

/** Our own words may hold code spans; outside of these nothing starts emphasis or HTML. */
function literal(own: string, place: Place): string {
  const line = own.replace(/\s+/gu, " ");
  const spans = BALANCED.test(line) ? line.split("`") : [line.replaceAll("`", "'")];
  const escaped = spans.map((span, index) => (index % 2 === 1 ? span : words(span, place))).join("`");
  return place === "cell" ? escaped.replaceAll("|", "\\|") : escaped;
}

const rendered = (part: Text[number], place: Place): string => {
  if (typeof part === "string") return literal(part, place);
  return "foreign" in part ? codeSpan(visiblePart(part), place) : link(part.label, part.url, place);
};

/** Longest line of a block: wider ones are read by nobody. */
const LINE = 240;

/** Lines that show exactly this: a fence longer than any run of backticks inside, so that nothing in it can end it. */
export function codeBlock(lines: readonly Text[]): string {
  const shown = lines.map((line) => clipped(plainly(line), LINE));
  const fence = "`".repeat(Math.max(3, longestRun(shown.join("\n")) + 1));
  return [fence, ...shown, fence].join("\n");
}

/** Two parts must not run into each other: neither a fence into a fence nor our backslash into a fence. */
const append = (line: string, next: string): string => (/[`\\]$/u.test(line) && next.startsWith("`") ? `${line} ${next}` : line + next);

/**
 * A sentence as GitHub-flavoured Markdown on one line. Our literals stand as they are; what a stranger
 * wrote appears in code spans only, so that it cannot mention, link, close an issue or break a table.
 */
export function markdown(sentence: Text, place: Place = "inline"): string {
  let line = "";
  for (const part of sentence) {
    if (line.length > LONGEST) return `${line} …`;
    line = append(line, rendered(part, place));
  }
  return line;
}
