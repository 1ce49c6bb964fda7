/** Deeper nesting than any result format has; a parser or validator further on might recurse. */
export const MAX_DEPTH = 1_000;
/** More values than fit into a file at the size cap, unless it was written to be expensive. */
export const MAX_VALUES = 3_000_000;

/** The brackets of a JSON text, found without building anything. Positions are UTF-16 units. */
interface Outline {
  /** Deepest nesting; counting stops just above {@link MAX_DEPTH}. */
  readonly depth: number;
  /** Openings, commas and bare words: no fewer than the values. Counting stops just above {@link MAX_VALUES}. */
  readonly values: number;
  /** True when the first value is closed. */
  readonly complete: boolean;
  /** End of the last part that is certainly complete; with `open` closed again, it parses. */
  readonly kept: number;
  /** Closing brackets still owed, outermost first. */
  readonly open: readonly string[];
  /** Where a word that only Python's JSON has (`NaN`, `Infinity`) may stand. */
  readonly bare: readonly number[];
}

const isEscaped = (source: string, quote: number): boolean => {
  let before = quote - 1;
  while (source[before] === "\\") before--;
  return (quote - before) % 2 === 0;
};

/** Position of the closing quote, or the end of the text. */
function endOfString(source: string, start: number): number {
  let quote = source.indexOf('"', start + 1);
  while (quote !== -1 && isEscaped(source, quote)) quote = source.indexOf('"', quote + 1);
  return quote === -1 ? source.length : quote;
}

/** Scans a JSON text up to the end of its first value or past a cap. Linear in its length; never throws. */
export function outline(source: string): Outline {
  const open: string[] = [];
  const bare: number[] = [];
  let [depth, values, kept, complete] = [0, 0, 0, false];
  for (let at = 0; at < source.length && !complete && depth <= MAX_DEPTH && values <= MAX_VALUES; at++) {
    switch (source[at]) {
      case '"':
        at = endOfString(source, at);
        break;
      case "{":
      case "[":
        depth = Math.max(depth, open.push(source[at] === "{" ? "}" : "]"));
        values++;
        kept = at + 1;
        break;
      case ",":
        values++;
        kept = at;
        break;
      case "}":
      case "]":
        open.pop();
        kept = at + 1;
        complete = open.length === 0;
        break;
      case "N":
      case "I":
        bare.push(at);
        values++;
    }
  }
  return { depth, values, complete, kept, open, bare };
}

/** Python writes NaN and ±Infinity bare, which is not JSON: here they become null, which reads as "missing". */
export function withoutBareWords(source: string, bare: readonly number[]): string {
  let [result, from] = ["", 0];
  for (const at of bare) {
    const word = ["NaN", "Infinity"].find((candidate) => source.startsWith(candidate, at));
    if (word === undefined || at < from) continue;
    result += `${source.slice(from, source[at - 1] === "-" ? at - 1 : at)}null`;
    from = at + word.length;
  }
  return result + source.slice(from);
}
