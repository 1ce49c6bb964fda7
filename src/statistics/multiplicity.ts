import { benjaminiHochberg } from "./benjamini-hochberg.js";
import { isOver, type Judgement } from "./judge.js";

/** Expected share of false regressions among those that block. */
export const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Which judgements of one comparison block a merge, in the order given: regressions of at least the blocking effect
 * that also hold among all benchmarks that were tested. Judges that do not test (a stored baseline with reruns, exact
 * counters) have no p to correct and block by their effect alone.
 * @param blockEffect ratio − 1: 0.1 is 10 % worse
 */
export function blocking(judgements: readonly Judgement[], blockEffect: number, q = FALSE_DISCOVERY_RATE): readonly boolean[] {
  const limit = Math.log1p(blockEffect);
  const adjusted = benjaminiHochberg(judgements.flatMap(({ p }) => (p === undefined ? [] : [p]))).values();
  return judgements.map(({ decision, effect, p }) => {
    const holds = p === undefined || (adjusted.next().value ?? 1) <= q;
    return decision === "regression" && holds && !isOver(limit, effect);
  });
}
