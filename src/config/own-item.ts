import type { OwnItem } from "../model/rule.js";

const LONGEST_SLUG = 40;

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-|-$/gu, "")
    .slice(0, LONGEST_SLUG)
    .replace(/-$/u, "");

/** FNV-1a, 32 bits, over UTF-16 units: it tells lines of one file apart, and guards nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * The id of a line of the team's own, from its text alone: moving the line keeps its ticks, writing another text
 * gives another line, which nobody has ticked.
 */
export function ownItem(text: string): OwnItem {
  const words = slug(text);
  return `own/${words === "" ? "" : `${words}-`}${fingerprint(text)}`;
}

/** What an id may look like in a comment that anybody may have edited. */
export const isOwnItem = (name: string): name is OwnItem => /^own\/[a-z0-9-]{8,60}$/u.test(name);
