import type { Config } from "../config/config.js";
import type { Comparison } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import type { Better, Judgement } from "../statistics/judge.js";
import { judgeModeA } from "../statistics/mode-a.js";
import { judgeModeD } from "../statistics/mode-d.js";
import { median } from "../statistics/quantiles.js";
import { type Draft, figuresOf, unjudged } from "./drafts.js";
import { betterOf, isCountable, isRatio, locationOf, thresholdsOf } from "./judgeable.js";
import type { PairedSides } from "./paired.js";

type Benchmarks = Config["benchmarks"];

/** One-sided level of the test of one benchmark (statistics: defaults). */
const ALPHA = 0.01;

const middle = (side: PairedSides["base"]): number | null => (side.length === 0 ? null : median(side.map(median)));

const sidesOf = ({ base, head }: PairedSides): Partial<Comparison> => ({
  baseline: middle(base),
  candidate: middle(head),
  runs: head.length,
  baselineRuns: base.length,
});

function agreement({ duplicateIn, first }: PairedSides, config: Benchmarks): Better | Text {
  if (duplicateIn !== undefined) return text`the same name and metric stand twice in ${duplicateIn}: give each benchmark a name of its own`;
  return betterOf(first, config);
}

function judge({ first, base, head }: PairedSides, better: Better, config: Benchmarks): Judgement {
  if (first.deterministic) return judgeModeD({ better, unit: first.unit, base: base.flat(), head: head.flat() });
  return judgeModeA({ better, base, head, ...thresholdsOf(first, config), alpha: ALPHA, statistic: locationOf(first, config) });
}

/**
 * Judges one series that was measured in turn at base and head, on one machine: by mode A, an exact count by mode D.
 * Both sides have processes. Against a base that is not the pull request's own it is judged, and never blocks.
 */
export function comparePaired(sides: PairedSides, config: Benchmarks): Draft {
  const { first, base, head, sha, distance } = sides;
  const better = agreement(sides, config);
  if (better !== "lower" && better !== "higher") return { comparison: unjudged(first, "incomparable", better, sidesOf(sides)) };
  const possible = first.deterministic ? isCountable : isRatio;
  if (![...base, ...head].every((rounds) => rounds.length > 0 && rounds.every(possible))) {
    return { comparison: unjudged(first, "incomparable", text`a value that is not above 0 has no ratio`, sidesOf(sides)) };
  }
  const judgement = judge(sides, better, config);
  const { blockEffect } = thresholdsOf(first, config);
  const comparison = unjudged(first, judgement.decision, [], {
    ...figuresOf(judgement),
    ...{ mode: first.deterministic ? "D" : "A", better, runs: head.length, baselineRuns: base.length },
  });
  const facts = { runs: head.length, history: 0, differences: [], blockEffect, against: { sha, distance } };
  return { comparison, judged: { judgement, facts, mayBlock: distance !== null } };
}
