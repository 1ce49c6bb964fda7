/** Shorter ones are words, not statements. */
const SHORTEST = 13;
const READ = 4000;

const LEADING_COMMENTS = /^(?:\s|--[^\n]{0,2000}(?:\n|$)|\/\*(?:[^*]|\*(?!\/)){0,2000}\*\/)*/;

const BEGINNINGS: readonly RegExp[] = [
  /^select\b[\s\S]*?\bfrom\b/i,
  /^\(\s{0,20}select\b[\s\S]*?\bfrom\b/i,
  /^insert\s+(?:ignore\s+|or\s+\w+\s+)?into\b/i,
  /^replace\s+into\b/i,
  /^update\b[\s\S]*?\bset\b/i,
  /^delete\s+from\b/i,
  /^with\b[\s\S]{0,400}?\bas\s+(?:not\s+)?(?:materialized\s+)?\(\s{0,200}(?:select|insert|update|delete|values|with|merge|table|\(|--|\/\*|\$\{)/i,
  /^(?:create|alter|drop)\s+(?:(?:or\s+replace|unique|temp|temporary|unlogged|materialized|global|local)\s+){0,3}(?:table|index|view|type|sequence|schema|function|trigger|policy|extension|domain)\b/i,
  /^(?:truncate|TRUNCATE)\s+(?:table|TABLE)\s/,
  /^TRUNCATE\s+["\w$]/,
  /^merge\s+into\b/i,
];

/** How surely a text is SQL: `unlikely` and `maybe` where plain English begins so. */
export type Likeness = "no" | "unlikely" | "maybe" | "yes";

const MARKS = /[=*(;]|\$\d|\?|::|\$\{|%s|[@:]\w/;

/**
 * Whether a literal is an SQL statement, by how it begins. Words in upper case, or the marks that SQL has
 * and English has not, make it sure; a sentence's capital (`Select … from`) makes it English.
 */
export function sqlLikeness(text: string): Likeness {
  const begins = text.slice((LEADING_COMMENTS.exec(text)?.[0] ?? "").length);
  const head = begins.slice(0, READ);
  if (head.length < SHORTEST || !BEGINNINGS.some((beginning) => beginning.test(head))) return "no";
  const word = /[a-z]+/i.exec(head)?.[0] ?? "";
  if (word === word.toUpperCase()) return "yes";
  if (word !== word.toLowerCase()) return "unlikely";
  return MARKS.test(head) ? "yes" : "maybe";
}

const CONDITION = /[=<>?]|\b(?:like|ilike|in|between|is|exists|any)\b/i;

/** True for what a where-like call may be given as SQL, in contrast to a column's name. */
export function isCondition(text: string): boolean {
  return text.length <= READ && CONDITION.test(text) && /\s/.test(text.trim());
}
