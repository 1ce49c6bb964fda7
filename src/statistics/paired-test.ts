import { withoutDisturbed } from "./disturbed.js";
import { isOver, type Judgement } from "./judge.js";
import { studentQuantile } from "./student.js";
import { sampleOf, type WelchTest, welch } from "./welch.js";

/** Least standard deviation from process to process that is believed: 0.2 %. Zero spread is legal, and no proof. */
const FLOOR = 0.002;

type Decision = Judgement["decision"];

/** How far the head lies from the base by its processes' median, by their best, and by the typical round. Towards worse. */
export interface Shift {
  readonly effect: number;
  readonly best: number;
  readonly typical: number;
}

export interface Limits {
  readonly threshold: number;
  readonly alpha: number;
}

interface Finding {
  readonly decision: Decision;
  readonly test: WelchTest;
  /** Standard deviation from process to process of one side, on the scale of logs: both sides' together, as the test has it. */
  readonly sigma: number;
}

export const least = (values: readonly number[]): number => values.reduce((smallest, value) => Math.min(smallest, value));

function test(base: readonly number[], head: readonly number[], { effect }: Shift, { threshold, alpha }: Limits): Finding {
  const result = welch(sampleOf(base, FLOOR ** 2), sampleOf(head, FLOOR ** 2));
  const sigma = result.standardError / Math.sqrt(1 / base.length + 1 / head.length);
  const reach = studentQuantile(0.95, result.df) * result.standardError;
  const decide = (): Decision => {
    if (result.pGreater < alpha && !isOver(threshold, effect)) return "regression";
    if (result.pLess < alpha && !isOver(threshold, -effect)) return "improvement";
    return Math.abs(result.difference) + reach <= threshold ? "no-change" : "inconclusive";
  };
  return { decision: decide(), test: result, sigma };
}

/**
 * Does the typical round say so too? Some benchmarks have a lucky best case that a process either meets or misses:
 * then the best rounds move by 17 % and all others by nothing.
 */
function agree({ decision }: Finding, { typical }: Shift, threshold: number): boolean {
  if (decision === "regression") return !isOver(threshold, typical);
  return decision !== "improvement" || !isOver(threshold, -typical);
}

/**
 * What holds without the disturbed processes must hold of the best ones too: they are what noise reaches last. A
 * benchmark with two states has its best processes where they were.
 */
function holds({ decision }: Finding, { effect, best, typical }: Shift, threshold: number): boolean {
  if (decision === "no-change") return !isOver(Math.abs(effect), threshold) && !isOver(Math.abs(typical), threshold);
  return Math.sign(effect) * best >= Math.abs(effect) / 2;
}

export interface PairedAnswer extends Finding {
  readonly disturbed: number;
  readonly reason: Judgement["reason"];
}

const reasons = { regression: "beyond-noise", improvement: "beyond-noise", "no-change": "equal", inconclusive: "too-noisy" } as const;

/**
 * All processes decide if they can; where noise hides the answer, those that nothing disturbed. The figures are those of
 * the test that decided, and of the first where none did.
 */
export function pairedAnswer(base: readonly number[], head: readonly number[], shift: Shift, limits: Limits): PairedAnswer {
  const { threshold } = limits;
  const all = test(base, head, shift, limits);
  if (!agree(all, shift, threshold)) return { ...all, decision: "inconclusive", disturbed: 0, reason: "rounds-disagree" };
  if (all.decision !== "inconclusive") return { ...all, disturbed: 0, reason: reasons[all.decision] };
  const [calmBase = base, calmHead = head] = withoutDisturbed(base, head, FLOOR);
  const disturbed = base.length + head.length - calmBase.length - calmHead.length;
  const calm = test(calmBase, calmHead, shift, limits);
  const decided = disturbed > 0 && calm.decision !== "inconclusive" && agree(calm, shift, threshold) && holds(calm, shift, threshold);
  return decided ? { ...calm, disturbed, reason: reasons[calm.decision] } : { ...all, disturbed: 0, reason: "too-noisy" };
}
