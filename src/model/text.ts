/**
 * Sentences that keep what we wrote apart from what a stranger wrote.
 *
 * The static parts of a `text` template are ours; every interpolated string is foreign and stays marked
 * as such until a renderer decides how to show it harmlessly (a code span in Markdown, escaped controls
 * on a terminal). Nothing has to remember to escape.
 */
export interface Foreign {
  readonly foreign: string;
  /** A whole statement to be copied, not a name: shown longer before it is cut. */
  readonly statement?: true;
}

/** A link whose address was built from identifiers we know (SHA, run id), never from foreign text. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

export type Text = readonly (string | Foreign | Link)[];

type Interpolated = string | number | Foreign | Link | Text;

const isText = (value: Interpolated): value is Text => Array.isArray(value);

const parts = (value: Interpolated): Text => {
  if (typeof value === "string") return [{ foreign: value }];
  if (typeof value === "number") return [String(value)];
  return isText(value) ? value : [value];
};

/** Builds a {@link Text}: literals are ours, interpolated strings are foreign. */
export function text(literals: TemplateStringsArray, ...values: readonly Interpolated[]): Text {
  return literals.flatMap((literal, index) => {
    const value = values[index];
    const own = literal === "" ? [] : [literal];
    return value === undefined ? own : [...own, ...parts(value)];
  });
}

/** SQL that a reader is to copy; made of foreign names, so it stays marked as foreign. */
export const statement = (sql: string): Foreign => ({ foreign: sql, statement: true });

const FIGURE = /^[+\-−±~<>≤≥×]?\s?\d[\d.,]*(?:\s?(?:[a-zµ%/]|\d(?=s$)){0,12})$/iu;

/** A formatted quantity such as `200 ms` or `+12.3 %`; anything that does not look like one is foreign. */
export function figure(formatted: string): Text {
  return FIGURE.test(formatted) ? [formatted] : [{ foreign: formatted }];
}

/** Joins texts with a separator of ours. */
export function join(texts: readonly Text[], separator: string): Text {
  return texts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}

/** The sentence without any markup, for JSON and for comparisons. Not escaped for any output. */
export function plain(sentence: Text): string {
  return sentence.map((part) => (typeof part === "string" ? part : "foreign" in part ? part.foreign : part.label)).join("");
}

/** A clause as a sentence: a first word of ours gets its capital; a stranger's, or a function's name, stays as it is. */
export const capitalised = ([first, ...rest]: Text): Text =>
  typeof first === "string"
    ? [first.replace(/^[a-z](?=[a-z]*[ ,:])/u, (letter) => letter.toUpperCase()), ...rest]
    : first === undefined
      ? []
      : [first, ...rest];

const ISO = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/u;

/** ISO 8601 in UTC, to the minute. */
export function moment(at: string): Text {
  const [, day, minute] = ISO.exec(at) ?? [];
  return day === undefined || minute === undefined ? text`${at}` : [`${day} ${minute} UTC`];
}
