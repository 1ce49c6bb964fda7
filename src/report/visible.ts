import type { Foreign } from "../model/text.js";

/** Longest foreign text shown, in graphemes; trust case M04. */
const GRAPHEMES = 120;
/** Longest statement that a reader is to copy, in graphemes. */
const STATEMENT = 600;
/** A grapheme can carry any number of combining marks, so the UTF-16 units are bounded too: so many for each. */
const UNITS = 2;

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/gu;
// Controls, formats (bidi, zero-width, tags), lone surrogates, fillers, unassigned and private code points.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;
// Spaces that look like the plain one or like nothing.
const ODD_SPACE = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/gu;

const HARMLESS = /^[\x20-\x7E]+$/u;

const codePoint = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

const clip = (shown: string, graphemes: number): string => {
  let length = 0;
  let kept = "";
  for (const { segment } of segmenter.segment(shown)) {
    length += 1;
    if (length > graphemes || kept.length + segment.length > graphemes * UNITS) return `${kept}…`;
    kept += segment;
  }
  return kept;
};

/**
 * A stranger's text as one honest line: line breaks as `⏎`, everything else that cannot be seen as
 * `U+XXXX`, at most 120 graphemes (a statement to copy: 600) and twice as many UTF-16 units, `(empty)`
 * for nothing or only spaces.
 */
export function visible(foreign: string, graphemes = GRAPHEMES): string {
  if (/^ *$/.test(foreign)) return "(empty)";
  if (foreign.length <= graphemes && HARMLESS.test(foreign)) return foreign;
  // What is cut off anyway need not be looked at: 10,000 characters cost as little as 2,000.
  const head = foreign.slice(0, 8 * graphemes * UNITS);
  const shown = head.replace(LINE_BREAK, "⏎").replace(INVISIBLE, codePoint).replace(ODD_SPACE, codePoint);
  const clipped = clip(shown, graphemes);
  return head.length < foreign.length && !clipped.endsWith("…") ? `${clipped}…` : clipped;
}

/** A foreign part of a sentence, cut where its kind allows. */
export const visiblePart = (part: Foreign): string => visible(part.foreign, part.statement ? STATEMENT : GRAPHEMES);
