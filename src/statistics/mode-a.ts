import { type Better, isOver, type Judgement } from "./judge.js";
import { type Location, processLocation } from "./location.js";
import { SCREEN_EFFECT } from "./mode-c.js";
import { median } from "./quantiles.js";
import { studentQuantile } from "./student.js";
import { sampleOf, type WelchTest, welch } from "./welch.js";

/** Fewest processes a side with which anything is decided, and the most that are ever asked for. */
export const PROCESS_MINIMUM = 3;
export const PROCESS_CAP = 12;

/** One benchmark, measured by base and head in turn on one machine. All values above 0, finite, in one unit. */
export interface ModeAInput {
  readonly better: Better;
  /** The rounds of each process in run order: at least one process a side, at least one round each. */
  readonly base: readonly (readonly number[])[];
  readonly head: readonly (readonly number[])[];
  /** Ratios: 0.05 is 5 % worse. */
  readonly minEffect: number;
  readonly blockEffect: number;
  /** One-sided level of the test. */
  readonly alpha: number;
  readonly statistic: Location;
}

/** Least standard deviation from process to process that is believed: 0.2 %. Zero spread is legal, and no proof. */
const FLOOR = 0.002 ** 2;
/** z of a level of .01 and of a power of .8: how many standard errors a change must have to be seen. */
const REACH = 2.33 + 0.84;

type Answer = Pick<Judgement, "decision" | "doubt" | "reason" | "need">;

/** What the processes of both sides say; logs towards worse. */
interface Evidence {
  readonly base: readonly number[];
  readonly head: readonly number[];
  readonly effect: number;
  readonly test: WelchTest;
  /** Standard deviation from process to process. */
  readonly sigma: number;
}

function weigh(base: readonly number[], head: readonly number[]): Evidence {
  const test = welch(sampleOf(base, FLOOR), sampleOf(head, FLOOR));
  const sigma = test.standardError / Math.sqrt(1 / base.length + 1 / head.length);
  return { base, head, effect: median(head) - median(base), test, sigma };
}

/** More processes, if a number that is worth running would show the smallest change asked for. */
function undecided({ base, head, effect, sigma }: Evidence, threshold: number): Answer {
  const doubt = isOver(effect, threshold) ? "suspect" : "noise-floor";
  const enough = Math.ceil(2 * ((REACH * sigma) / threshold) ** 2);
  const need = Math.max(enough, Math.min(base.length, head.length) + 1);
  return need <= PROCESS_CAP
    ? { decision: "inconclusive", doubt, reason: "more-processes", need }
    : { decision: "inconclusive", doubt, reason: "too-noisy" };
}

function answer(evidence: Evidence, { minEffect, alpha }: ModeAInput): Answer {
  const { effect, test } = evidence;
  const threshold = Math.log1p(minEffect);
  if (test.pGreater < alpha && !isOver(threshold, effect)) return { decision: "regression", reason: "beyond-noise" };
  if (1 - test.pGreater < alpha && !isOver(threshold, -effect)) return { decision: "improvement", reason: "beyond-noise" };
  const margin = studentQuantile(0.95, test.df) * test.standardError;
  if (Math.abs(test.difference) + margin <= threshold) return { decision: "no-change", reason: "equal" };
  return undecided(evidence, threshold);
}

/** A ratio − 1 as the value moves, from a log towards worse. */
const asChange = (log: number, better: Better): number => Math.expm1(better === "lower" ? log : -log);

function interval({ test }: Evidence, better: Better): readonly [number, number] {
  const reach = studentQuantile(0.975, test.df) * test.standardError;
  const ends = [asChange(test.difference - reach, better), asChange(test.difference + reach, better)];
  return [Math.min(...ends), Math.max(...ends)];
}

type Figures = Pick<Judgement, "baseline" | "candidate" | "change" | "effect">;

function figures(base: readonly number[], head: readonly number[], better: Better): Figures {
  const value = (log: number) => Math.exp(better === "lower" ? log : -log);
  const effect = median(head) - median(base);
  return { baseline: value(median(base)), candidate: value(median(head)), change: asChange(effect, better), effect };
}

/**
 * Base and head in turn on one machine, one number a process. With b and h the logs towards worse, the effect is
 * median(h) − median(b); Welch's test of h against b gives p. A regression needs p < alpha and an effect of at least
 * ln(1+minEffect); no change needs the 90 % interval of the difference inside ±ln(1+minEffect).
 * Fewer than three processes a side decide nothing.
 */
export function judgeModeA(input: ModeAInput): Judgement {
  const { better, statistic } = input;
  const base = input.base.map((rounds) => processLocation(rounds, better, statistic));
  const head = input.head.map((rounds) => processLocation(rounds, better, statistic));
  const shown = figures(base, head, better);
  if (Math.min(base.length, head.length) < PROCESS_MINIMUM) {
    const need = PROCESS_MINIMUM;
    return { decision: "inconclusive", doubt: "no-evidence", reason: "too-few-processes", need, visible: SCREEN_EFFECT, ...shown };
  }
  const evidence = weigh(base, head);
  return {
    ...answer(evidence, input),
    ...shown,
    visible: Math.expm1(REACH * evidence.test.standardError),
    p: evidence.test.pGreater,
    interval: interval(evidence, better),
    noise: Math.expm1(evidence.sigma),
  };
}
