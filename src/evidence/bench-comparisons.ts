import type { BenchBundle, BenchSeries } from "../formats/bench-bundle.js";
import type { Comparison } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import type { Judgement } from "../statistics/judge.js";
import { judgeModeA } from "../statistics/mode-a.js";
import { judgeModeD } from "../statistics/mode-d.js";
import { blocking } from "../statistics/multiplicity.js";

export interface Effects {
  readonly minEffect: number;
  readonly blockEffect: number;
}
export type BenchComparison = Pick<
  Comparison,
  | "benchmark"
  | "metric"
  | "unit"
  | "better"
  | "decision"
  | "doubt"
  | "baseline"
  | "candidate"
  | "change"
  | "visible"
  | "runs"
  | "blocks"
  | "reason"
> & {
  readonly interval: readonly [number, number] | null;
  readonly need: number | null;
  readonly baselineRuns: number;
  readonly mode: "A" | "D" | null;
};
const of = (s: BenchSeries) => ({
  benchmark: s.benchmark,
  metric: s.metric,
  unit: s.unit,
  better: s.better,
  runs: s.head.length,
  baselineRuns: s.base.length,
});
const none = { baseline: null, candidate: null, change: null, visible: null, interval: null, need: null, blocks: false, mode: null };
function judge(s: BenchSeries, e: Effects): Judgement | Text {
  if (s.better === "unknown" || s.unit === "unknown") return text`its unit or direction is not known, and neither is guessed`;
  if (s.deterministic) return judgeModeD({ better: s.better, unit: s.unit, base: s.base.flat(), head: s.head.flat() });
  if ([...s.base, ...s.head].flat().some((v) => !(v > 0))) return text`a value that is not above 0 has no ratio`;
  return judgeModeA({ better: s.better, base: s.base, head: s.head, ...e, alpha: 0.01, statistic: "min" });
}
export function benchComparisons(bundle: BenchBundle, effects: Effects): readonly BenchComparison[] {
  const whole = bundle.series.filter((s) => s.base.length > 0 && s.head.length > 0);
  const judged = whole.map((s) => ({ s, j: judge(s, effects) }));
  const js = judged.flatMap(({ j }) => ("decision" in j ? [j] : []));
  const blocks = new Map(blocking(js, effects.blockEffect).map((b, i) => [js[i], b]));
  return [
    ...judged.map(
      ({ s, j }): BenchComparison =>
        "decision" in j
          ? {
              ...of(s),
              decision: j.decision,
              ...(j.doubt && { doubt: j.doubt }),
              baseline: j.baseline,
              candidate: j.candidate,
              change: j.change,
              visible: j.visible,
              interval: j.interval ?? null,
              need: j.need ?? null,
              blocks: blocks.get(j) ?? false,
              reason: [],
              mode: s.deterministic ? "D" : "A",
            }
          : { ...of(s), ...none, decision: "incomparable", reason: j },
    ),
    ...bundle.series
      .filter((s) => !whole.includes(s))
      .map((s): BenchComparison => ({ ...of(s), ...none, decision: s.head.length > 0 ? "new" : "missing", reason: [] })),
  ];
}
