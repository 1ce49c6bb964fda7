import type { Measurement } from "../model/measurement.js";

export type Named = {
  readonly key: string;
  readonly first: Pick<Measurement, "benchmark" | "metric" | "unit"> & Partial<Pick<Measurement, "statistic">>;
};

/** Share of the longer name that both have in common at its two ends. */
const ALIKE = 0.7;

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) length++;
  return length;
}

const reversed = (name: string): string => [...name].reverse().join("");

function looksAlike(left: string, right: string): boolean {
  const prefix = commonPrefix(left, right);
  const suffix = commonPrefix(reversed(left.slice(prefix)), reversed(right.slice(prefix)));
  return prefix + suffix >= ALIKE * Math.max(left.length, right.length);
}

const sameMeasure = (left: Named["first"], right: Named["first"]): boolean =>
  left.metric === right.metric && left.statistic === right.statistic && left.unit === right.unit;

const alikeTo = (one: Named, others: readonly Named[]): readonly Named[] =>
  others.filter((other) => sameMeasure(one.first, other.first) && looksAlike(one.first.benchmark, other.first.benchmark));

/**
 * Pairs a missing series with a new one when each is the other's only likeness. A hint for the reader:
 * nothing is compared on the strength of it.
 * @returns keys of both sides, each mapped to the other's benchmark name.
 */
export function likelyRenames(missing: readonly Named[], added: readonly Named[]): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const gone of missing) {
    const [candidate, ...others] = alikeTo(gone, added);
    if (candidate === undefined || others.length > 0 || alikeTo(candidate, missing).length !== 1) continue;
    renames.set(gone.key, candidate.first.benchmark);
    renames.set(candidate.key, gone.first.benchmark);
  }
  return renames;
}
