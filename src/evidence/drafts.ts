import type { Comparison } from "../model/judgement.js";
import type { Measurement } from "../model/measurement.js";
import type { Text } from "../model/text.js";
import { isOver, type Judgement } from "../statistics/judge.js";
import { blocking } from "../statistics/multiplicity.js";
import { comparisonReason, type ReasonFacts } from "./comparison-reasons.js";

/** What a comparison is called by, before anything is known of it. */
type Named = Pick<Measurement, "benchmark" | "metric" | "unit" | "better">;

/** A comparison as one series alone gives it. Whether it blocks depends on all the others, so that is still open. */
export interface Draft {
  readonly comparison: Comparison;
  /** Absent where nothing was judged, or where the judge was overruled. */
  readonly judged?: {
    readonly judgement: Judgement;
    readonly facts: Omit<ReasonFacts, "blocks" | "byChance">;
    /** Only what is compared with this pull request's own base, on one machine. */
    readonly mayBlock: boolean;
  };
}

/** A comparison that could not be judged: shown with its reason, and never a pass. */
export function unjudged(first: Named, decision: Comparison["decision"], reason: Text, sides: Partial<Comparison> = {}): Comparison {
  const { benchmark, metric, unit, better } = first;
  return {
    ...{ benchmark, metric, unit, better, mode: null, decision },
    ...{ baseline: null, candidate: null, change: null, interval: null, noise: null, visible: null, p: null, need: null },
    ...{ runs: 0, baselineRuns: 0, history: 0, trend: [], alias: null, blocks: false, reason },
    ...sides,
  };
}

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);

/** The figures of a judgement as a comparison shows them; what is infinite (a counter that left 0) has no ratio. */
export function figuresOf(judgement: Judgement): Partial<Comparison> {
  const { decision, doubt, baseline, candidate, interval } = judgement;
  return {
    decision,
    ...(doubt && { doubt }),
    baseline,
    candidate,
    change: finite(judgement.change),
    interval: interval?.every(Number.isFinite) ? interval : null,
    noise: finite(judgement.noise),
    visible: finite(judgement.visible),
    p: finite(judgement.p),
    need: finite(judgement.need),
  };
}

type Judged = NonNullable<Draft["judged"]>;

/** Regressions that hold among all that were tested: one benchmark in a hundred looks worse by chance alone. */
function beyondChance(all: readonly Judged[]): ReadonlySet<Judged> {
  const holds = blocking(
    all.map(({ judgement }) => judgement),
    0,
  );
  return new Set(all.filter((_, index) => holds[index]));
}

/** The comparisons of one pull request, with what blocks and why. */
export function settle(drafts: readonly Draft[]): Comparison[] {
  const holding = beyondChance(drafts.flatMap(({ judged }) => (judged?.mayBlock ? [judged] : [])));
  return drafts.map(({ comparison, judged }) => {
    if (judged === undefined) return comparison;
    const { judgement, facts, mayBlock } = judged;
    const large = judgement.decision === "regression" && !isOver(Math.log1p(facts.blockEffect), judgement.effect);
    const blocks = large && holding.has(judged);
    const reason = comparisonReason(judgement, { ...facts, blocks, byChance: large && mayBlock && !blocks });
    return { ...comparison, blocks, reason };
  });
}
