import { printed } from "./text-lines.js";

/** Tools write the micro sign U+00B5 and the Greek letter U+03BC alike. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ["ps", 1e-12],
  ["ns", 1e-9],
  ["us", 1e-6],
  ["\u00b5s", 1e-6],
  ["\u03bcs", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
  ["sec", 1],
  ["m", 60],
  ["min", 60],
  ["h", 3_600],
]);

/** Seconds in one of a tool's time unit: `ns`, `µs`, `ms`, `s`, `m` and `min` (minutes), `h`; undefined for anything else. */
export function secondsPer(unit: string): number | undefined {
  return SECONDS.get(unit);
}

const PART = /(\d+(?:\.\d*)?|\.\d+)([a-z\u00b5\u03bc]+)/y;

/** A duration as Go and wrk print it, `98.7us`, `1.67m` or `1m2.5s`, in seconds; NaN when it is none. */
export function duration(printedDuration: string): number {
  let [seconds, at] = [0, 0];
  while (at < printedDuration.length) {
    PART.lastIndex = at;
    const [whole, number, unit] = PART.exec(printedDuration) ?? [];
    const size = unit === undefined ? undefined : secondsPer(unit);
    if (whole === undefined || number === undefined || size === undefined) return Number.NaN;
    seconds += printed(number) * size;
    at += whole.length;
  }
  return at === 0 ? Number.NaN : seconds;
}
