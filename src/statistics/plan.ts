import { PROCESS_CAP } from "./mode-a.js";

/** Processes a side after which to look again. */
const STEPS = [3, 5, 8, PROCESS_CAP] as const;

/**
 * Up to how many processes a side to measure next, of benchmarks that have `processes` now; null when it is enough.
 * @param judgements what is known of the benchmarks so far; empty before the first look
 * @param maximum most processes a side that the user grants
 */
export function nextProcesses(judgements: readonly { readonly decision: string }[], processes: number, maximum: number): number | null {
  const decided = judgements.every(({ decision }) => decision !== "inconclusive");
  if (processes >= maximum || (decided && judgements.length > 0)) return null;
  return Math.min(maximum, STEPS.find((step) => step > processes) ?? maximum);
}
