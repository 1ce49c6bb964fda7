import type { Direction, Measurement, Unit } from "../model/measurement.js";
import { secondsPer } from "./time-units.js";

/** What a tool's own unit means in SI. */
export interface ToolUnit {
  readonly unit: Unit;
  readonly better: Direction;
  /** SI value of one of the tool's unit. */
  readonly scale: number;
  /** The tool's spelling, where `unit` is `unknown`. */
  readonly sourceUnit?: string;
}

/** Decimal, except for `Ki` and the like: `MB` is a million bytes to Go, libtest and Google Benchmark. */
const PREFIXES: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1e3],
  ["K", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
  ["Ki", 2 ** 10],
  ["Mi", 2 ** 20],
  ["Gi", 2 ** 30],
  ["Ti", 2 ** 40],
]);

const PREFIXED = /^([kKMGT]?i?)(B|bytes|elem|ops?|reqs?|requests|iter|iterations|items|rows|samples|S)$/;

const unknown = (sourceUnit: string, better: Direction): ToolUnit => ({ unit: "unknown", better, scale: 1, sourceUnit });

/** How many of the thing itself: `MB` is 1e6 bytes, `Kelem` a thousand elements; undefined for words nobody knows. */
function amount(word: string): { readonly size: number; readonly thing: string } | undefined {
  const [, prefix = "", thing = ""] = PREFIXED.exec(word) ?? [];
  const size = PREFIXES.get(prefix);
  return thing === "" || size === undefined ? undefined : { size, thing };
}

const isBytes = (thing: string): boolean => thing === "B" || thing === "bytes";

/** What one operation costs: whatever it counts, less is better. Counts of unknown things stay unknown. */
function perOperation(cost: string, whole: string): ToolUnit {
  const seconds = secondsPer(cost);
  if (seconds !== undefined) return { unit: "s", better: "lower", scale: seconds };
  const bytes = amount(cost);
  if (bytes !== undefined && isBytes(bytes.thing)) return { unit: "B", better: "lower", scale: bytes.size };
  return cost === "allocs" ? { unit: "1", better: "lower", scale: 1 } : unknown(whole, "lower");
}

/** Work done in a time: more is better, when it is known that it counts work and not, say, errors. */
function perTime(work: string, time: number, whole: string): ToolUnit {
  const done = amount(work);
  return done === undefined ? unknown(whole, "unknown") : { unit: "1/s", better: "higher", scale: done.size / time };
}

/**
 * Reads a unit as benchmark tools print it: `ns`, `ns/op`, `µs/iter`, `B/op`, `allocs/op`, `ops/s`, `MB/s`,
 * `Melem/s`. Direction comes from the unit; a unit nobody declared keeps its spelling and is never judged.
 */
export function toolUnit(printedUnit: string): ToolUnit {
  const slash = printedUnit.lastIndexOf("/");
  const [before, after] = [printedUnit.slice(0, Math.max(slash, 0)), printedUnit.slice(slash + 1)];
  if (slash === -1) {
    const seconds = secondsPer(after);
    if (seconds !== undefined) return { unit: "s", better: "lower", scale: seconds };
    const bytes = amount(after);
    return bytes !== undefined && isBytes(bytes.thing)
      ? { unit: "B", better: "lower", scale: bytes.size }
      : unknown(printedUnit, "unknown");
  }
  if (after === "op" || after === "iter") return perOperation(before, printedUnit);
  const time = secondsPer(after);
  return time === undefined ? unknown(printedUnit, "unknown") : perTime(before, time, printedUnit);
}

/** The fields of a measurement that a unit decides. */
export function unitFields({ unit, better, sourceUnit }: ToolUnit): Pick<Measurement, "unit" | "better" | "sourceUnit"> {
  return { unit, better, ...(sourceUnit === undefined ? {} : { sourceUnit }) };
}
