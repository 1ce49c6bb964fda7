/** Which way is better, once it is known. */
export type Better = "lower" | "higher";

/** Why a judge decided as it did; the sentence is written where names and units are known. */
export type JudgeReason =
  | "all-runs-over"
  | "all-runs-under"
  | "reruns-needed"
  | "some-runs-over"
  | "improvement-unconfirmed"
  | "quiet"
  | "noise-floor"
  | "screened"
  | "no-evidence"
  | "beyond-noise"
  | "equal"
  | "more-processes"
  | "too-noisy"
  | "rounds-disagree"
  | "too-few-processes"
  | "exact"
  | "counter-varies";

/** What a judge says of one series. */
export interface Judgement {
  readonly decision: "regression" | "improvement" | "no-change" | "inconclusive";
  readonly doubt?: "suspect" | "noise-floor" | "no-evidence";
  readonly reason: JudgeReason;
  /** What was compared: the geometric median of each side. */
  readonly baseline: number;
  readonly candidate: number;
  /** candidate / baseline − 1, signed as the value moves. */
  readonly change: number;
  /** Natural log of the ratio towards "worse": 5 % worse is ln 1.05, whichever way is better. Infinite for a counter that left 0. */
  readonly effect: number;
  /**
   * The smallest visible change, as a ratio − 1 towards "worse": what this comparison would have called a change, mostly.
   * It shrinks with more processes or runs; `noise` does not.
   */
  readonly visible: number;
  /** Mode B: further head runs that would decide. Mode A: processes a side. */
  readonly need?: number;
  /** One-sided p for "worse", where the judge tests. */
  readonly p?: number;
  /** Mode A: slow processes that were set aside before the test, of both sides. */
  readonly disturbed?: number;
  /** 95 % confidence interval of `change`, lower end first; holds `change` always. */
  readonly interval?: readonly [number, number];
  /**
   * The noise floor: one standard deviation of what one and the same code does, as a ratio − 1. Mode A: from process to
   * process of one side. Mode B: from run to run of the history.
   */
  readonly noise?: number;
}

/** What a judge is asked with unless told otherwise: ratios − 1 of the smallest regression and of one that blocks; the level. */
export const DEFAULTS = { minEffect: 0.05, blockEffect: 0.1, alpha: 0.01 } as const;

/** Equal ratios differ in the last bits of their logs; what lies this close to a limit is not over it. */
const TIE = 1e-9;

/** Puts values on the scale where more is worse. @param values above 0 and finite. */
export function worseLogs(values: readonly number[], better: Better): readonly number[] {
  return values.map((value) => (better === "lower" ? Math.log(value) : -Math.log(value)));
}

/** Is a distance on the scale of {@link worseLogs} beyond a limit, and not just in its last bits? */
export function isOver(value: number, limit: number): boolean {
  return value > limit + TIE;
}
