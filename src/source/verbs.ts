import type { Language } from "./language.js";
import type { CallContext } from "./literal.js";
import type { MappedText } from "./mapped-text.js";
import { sourceOffset, TextMapper } from "./mapped-text.js";

const DRIVER = /%%|%\((\w{1,60})\)[sdr]|%[sd](?!\w)/g;
const PERCENT = /%%|%[-+#0]?\d{0,3}(?:\.\d{1,3})?(?:\d\$|\[\d\])?[sdvqfxTtu]/g;
const RUBY = /%%|%[{<](\w{1,60})[}>][sd]?|%[sd](?!\w)/g;
const BRACES = /\{\{|\}\}|\{(?:(\w{1,60})(?:[:!][^{}\s]{0,30})?)?\}/g;

/** Functions that fill in a format, by language. Python's `%s` is a driver's parameter as well: always one. */
const FORMATS: Readonly<Record<Language, readonly (readonly [RegExp | null, RegExp])[]>> = {
  typescript: [],
  tsx: [],
  javascript: [],
  python: [
    [/^format$/, BRACES],
    [null, DRIVER],
  ],
  go: [[/^(?:Sprintf|Fprintf|Appendf)$/, PERCENT]],
  java: [[/^format(?:ted)?$/, PERCENT]],
  ruby: [[/^s?format|sprintf$/, RUBY]],
  rust: [[/^(?:format|write|writeln)$/, BRACES]],
  "c-sharp": [[/^(?:Format|AppendFormat)$/, BRACES]],
  php: [[/^v?sprintf$/, PERCENT]],
};

/** How a hole stands in a text: a name where there is one, so that the same value is the same parameter. */
export const holeText = (name: string | null): string => `\${${name === null || !/^[\w.]{1,60}$/.test(name) ? "" : name}}`;

const isDoubled = (written: string): boolean => written === "%%" || written === "{{" || written === "}}";

function filled({ text, segments }: MappedText, pattern: RegExp): MappedText {
  const mapper = new TextMapper();
  let done = 0;
  const copy = (end: number): void => {
    for (const [index, segment] of segments.entries()) {
      const from = Math.max(done, segment.at);
      const to = Math.min(end, segments[index + 1]?.at ?? text.length);
      if (from >= to) continue;
      if (segment.fixed) mapper.replace(text.slice(from, to), segment.source);
      else mapper.copy(text.slice(from, to), sourceOffset(segments, from));
    }
  };
  for (const match of text.matchAll(pattern)) {
    // A hole of the language itself, `${…}`, is none of the format's.
    if (text[match.index - 1] === "$" && pattern === BRACES) continue;
    copy(match.index);
    const stands = isDoubled(match[0]) ? match[0].slice(1) : holeText(match[1] ?? null);
    mapper.replace(stands, sourceOffset(segments, match.index));
    done = match.index + match[0].length;
  }
  copy(text.length);
  return mapper.mapped();
}

/** Turns what a format function or a driver fills in (`%s`, `%(name)s`, `{}`) into holes. */
export function withVerbs(mapped: MappedText, language: Language, { callee, methods }: CallContext): MappedText {
  const called = [...methods, ...(callee === null ? [] : [callee])];
  const format = FORMATS[language].find(([by]) => by === null || called.some((name) => by.test(name)));
  return format ? filled(mapped, format[1]) : mapped;
}
