import type { Config } from "../config/config.js";
import type { Comparison } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import type { Better, Judgement } from "../statistics/judge.js";
import { judgeModeA } from "../statistics/mode-a.js";
import { judgeModeD } from "../statistics/mode-d.js";
import { median } from "../statistics/quantiles.js";
import { type Draft, figuresOf, unjudged } from "./drafts.js";
import { belowResolution, betterOf, isCountable, isRatio, locationOf, thresholdsOf } from "./judgeable.js";
import type { PairedSides } from "./paired.js";

type Series = PairedSides["first"];
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

/** Less than two steps of the tool apart: no difference that it can see, nor the lack of one that would count. */
function isTooCoarse({ decision, baseline, candidate }: Judgement, { resolution = 0, deterministic }: Series, minEffect: number): boolean {
  const difference = Math.abs(candidate - baseline);
  // A figure that went through its log differs in the last bits from what the tool wrote.
  const steps = 2 * resolution * (1 - 1e-6);
  if (deterministic || difference === 0 || difference >= steps) return false;
  return decision !== "no-change" || steps > minEffect * baseline;
}

const tooCoarse = (sides: PairedSides, better: Better, figures: Partial<Judgement> = {}): Comparison => {
  const { baseline, candidate, change } = { ...sidesOf(sides), ...figures };
  const shown = { ...sidesOf(sides), baseline: baseline ?? null, candidate: candidate ?? null, change: change ?? null, better };
  return unjudged(sides.first, "inconclusive", belowResolution(sides.first, sides.first.resolution ?? 0), {
    ...shown,
    doubt: "noise-floor",
  });
};

/** A figure of 0 has no ratio: below the tool's resolution where it states one; nothing on both sides is no change; else broken. */
function withoutRatio(sides: PairedSides, better: Better): Comparison {
  const { first, base, head } = sides;
  const rows = [...base, ...head];
  const isFilled = rows.every((rounds) => rounds.length > 0);
  if (isFilled && first.resolution !== undefined && rows.flat().every(isCountable)) return tooCoarse(sides, better);
  const isTimed = first.unit === "s" || first.unit === "1/s";
  if (isFilled && !isTimed && rows.flat().every((value) => value === 0))
    return unjudged(first, "no-change", text`0 in every process of both sides`, { ...sidesOf(sides), mode: "A", better, change: 0 });
  return unjudged(first, "incomparable", text`a value that is not above 0 has no ratio`, sidesOf(sides));
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
  if (![...base, ...head].every((rounds) => rounds.length > 0 && rounds.every(possible)))
    return { comparison: withoutRatio(sides, better) };
  const judgement = judge(sides, better, config);
  const { minEffect, blockEffect } = thresholdsOf(first, config);
  if (isTooCoarse(judgement, first, minEffect)) return { comparison: tooCoarse(sides, better, judgement) };
  const comparison = unjudged(first, judgement.decision, [], {
    ...figuresOf(judgement),
    ...{ mode: first.deterministic ? "D" : "A", better, runs: head.length, baselineRuns: base.length },
  });
  const facts = { runs: head.length, history: 0, differences: [], blockEffect, against: { sha, distance } };
  return { comparison, judged: { judgement, facts, mayBlock: distance !== null } };
}
