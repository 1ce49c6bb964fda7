import { type Better, isOver, type Judgement } from "./judge.js";
import { type Location, processLocation } from "./location.js";
import { SCREEN_EFFECT } from "./mode-c.js";
import { least, type PairedAnswer, pairedAnswer } from "./paired-test.js";
import { median } from "./quantiles.js";
import { studentQuantile } from "./student.js";

/** Fewest processes a side with which anything is decided, and the most that are ever asked for. */
export const PROCESS_MINIMUM = 3;
export const PROCESS_CAP = 12;

/** One benchmark, measured by base and head in turn on one machine. All values above 0, finite, in one unit. */
export interface ModeAInput {
  readonly better: Better;
  /** The rounds of each process in run order: at least one process a side, at least one round each. */
  readonly base: readonly (readonly number[])[];
  readonly head: readonly (readonly number[])[];
  /** Ratio − 1 of the smallest change to call: 0.05 is 5 % worse. */
  readonly minEffect: number;
  /** Ratio − 1 that blocks; the rule over all benchmarks of a comparison is `blocking`, this judge does not look at it. */
  readonly blockEffect: number;
  /** One-sided level of the test. */
  readonly alpha: number;
  readonly statistic: Location;
}

/** z of a level of .01 and of a power of .8: how many standard errors a change must have to be seen. */
const REACH = 2.33 + 0.84;

/** More processes, if a number that is worth running would show the smallest change asked for. They do not mend luck. */
function nextStep({ sigma, reason }: PairedAnswer, processes: number, effect: number, threshold: number): Partial<Judgement> {
  const doubt = isOver(effect, threshold) ? "suspect" : "noise-floor";
  const need = Math.max(Math.ceil(2 * ((REACH * sigma) / threshold) ** 2), processes + 1);
  if (need > PROCESS_CAP || reason === "rounds-disagree") return { doubt };
  return { doubt, need, reason: "more-processes" };
}

/** A ratio − 1 as the value moves, from a log towards worse. */
const asChange = (log: number, better: Better): number => Math.expm1(better === "lower" ? log : -log);

/**
 * 95 % for the difference of means, which is what the test is about. The change that is shown is that of medians: where
 * it lies outside, the interval is drawn out as far as to it, so that it still holds at least 95 % and is all of a
 * regression's side of nothing.
 */
function interval({ test }: PairedAnswer, effect: number, better: Better): readonly [number, number] {
  const { difference, standardError, df } = test;
  const reach = studentQuantile(0.975, df) * standardError;
  const ends = [asChange(Math.min(difference - reach, effect), better), asChange(Math.max(difference + reach, effect), better)];
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
 * ln(1+minEffect), of the typical round as well; no change needs the 90 % interval of the difference inside
 * ±ln(1+minEffect). What this leaves open is tested again without disturbed processes. p, interval, noise, visible and
 * need are all those of the test that decided, or of the first where none did. Fewer than three processes a side decide
 * nothing.
 */
export function judgeModeA(input: ModeAInput): Judgement {
  const { better, statistic } = input;
  const located = (side: readonly (readonly number[])[], location: Location) =>
    side.map((rounds) => processLocation(rounds, better, location));
  const [base, head] = [located(input.base, statistic), located(input.head, statistic)];
  const shown = figures(base, head, better);
  const processes = Math.min(base.length, head.length);
  if (processes < PROCESS_MINIMUM) {
    const need = PROCESS_MINIMUM;
    return { decision: "inconclusive", doubt: "no-evidence", reason: "too-few-processes", need, visible: SCREEN_EFFECT, ...shown };
  }
  const typical = median(located(input.head, "p25")) - median(located(input.base, "p25"));
  const shift = { effect: shown.effect, best: least(head) - least(base), typical };
  const threshold = Math.log1p(input.minEffect);
  const found = pairedAnswer(base, head, shift, { threshold, alpha: input.alpha });
  return {
    decision: found.decision,
    reason: found.reason,
    ...shown,
    ...(found.decision === "inconclusive" && nextStep(found, processes, shown.effect, threshold)),
    ...(found.disturbed > 0 && { disturbed: found.disturbed }),
    visible: Math.expm1(REACH * found.test.standardError),
    p: found.test.pGreater,
    interval: interval(found, shown.effect, better),
    noise: Math.expm1(found.sigma),
  };
}
