import { type Better, isOver, type Judgement, worseLogs } from "./judge.js";
import { geometricMedian, median } from "./quantiles.js";

/** Below this a stored value says nothing: a screen at 25 % still flags one unchanged benchmark of fifty. */
export const SCREEN_EFFECT = 0.25;

/** The values of one statistic on both sides, above 0 and finite, at least one a side. */
interface Sides {
  readonly baseline: readonly number[];
  readonly head: readonly number[];
}

export interface ModeCInput extends Sides {
  readonly better: Better;
  /** The median of the rounds where the tool gives one: a second opinion that must agree. */
  readonly typical?: Sides;
}

function effectOf(sides: Sides, better: Better): number {
  return median(worseLogs(sides.head, better)) - median(worseLogs(sides.baseline, better));
}

/**
 * One stored value and too little history to know its noise: never a regression and never "no change".
 * More than 25 % worse in every statistic at hand is worth a closer look, anything else is no evidence.
 */
export function judgeModeC(input: ModeCInput): Judgement {
  const { better } = input;
  const effect = effectOf(input, better);
  const opinions = input.typical === undefined ? [effect] : [effect, effectOf(input.typical, better)];
  const suspect = opinions.every((opinion) => isOver(opinion, Math.log1p(SCREEN_EFFECT)));
  const [baseline, candidate] = [geometricMedian(input.baseline), geometricMedian(input.head)];
  return {
    decision: "inconclusive",
    doubt: suspect ? "suspect" : "no-evidence",
    reason: suspect ? "screened" : "no-evidence",
    baseline,
    candidate,
    change: candidate / baseline - 1,
    effect,
    visible: SCREEN_EFFECT,
  };
}
