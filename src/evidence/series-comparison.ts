import type { Config } from "../config/config.js";
import type { Comparison } from "../model/judgement.js";
import type { Environment, Measurement } from "../model/measurement.js";
import { figure, type Text, text } from "../model/text.js";
import { type Better, isOver, type Judgement, worseLogs } from "../statistics/judge.js";
import { HISTORY_MINIMUM, HISTORY_RUNS, judgeModeB } from "../statistics/mode-b.js";
import { judgeModeC } from "../statistics/mode-c.js";
import { median } from "../statistics/quantiles.js";
import { formatQuantity } from "../statistics/quantity.js";
import { comparisonReason } from "./comparison-reasons.js";
import { environmentDifferences } from "./environments.js";
import type { BaselineSeries, HeadSeries } from "./series.js";

const valuesOf = (measurements: readonly Measurement[]): readonly number[] => measurements.map((measurement) => measurement.value);
const headOf = (head: HeadSeries): readonly Measurement[] => head.runs.map((run) => run.measurement);

/** A comparison that could not be judged: shown with its reason, and never a pass. */
export function unjudged(first: Measurement, decision: Comparison["decision"], reason: Text, sides: Partial<Comparison> = {}): Comparison {
  return {
    benchmark: first.benchmark,
    metric: first.metric,
    unit: first.unit,
    better: first.better,
    mode: null,
    decision,
    baseline: null,
    candidate: null,
    change: null,
    visible: null,
    runs: 0,
    history: 0,
    blocks: false,
    reason,
    ...sides,
  };
}

/** The head's side of a comparison without a verdict. */
export function candidateOf(head: HeadSeries): Partial<Comparison> {
  return { candidate: median(valuesOf(headOf(head))), runs: head.runs.length };
}

/** The direction when every measurement agrees on a known unit and direction, else why they cannot be compared. */
function agreement(head: HeadSeries, base: BaselineSeries): Better | Text {
  if (head.duplicateIn !== undefined) {
    return text`the same name and metric stand twice in ${head.duplicateIn}: give each benchmark a name of its own`;
  }
  const { unit, better } = head.first;
  const all = [...headOf(head), ...base.measurements];
  if (unit === "unknown" || better === "unknown") return text`its unit or direction is not known, and neither is guessed`;
  if (all.some((each) => each.unit !== unit)) return text`the unit differs between the baseline and this head`;
  if (all.some((each) => each.better !== better)) return text`the direction differs between the baseline and this head`;
  return better;
}

const isPositive = (value: number): boolean => value > 0 && Number.isFinite(value);

/** A value of 0 has no ratio: below the tool's resolution where it states one, else a broken figure. */
function withoutRatio(head: HeadSeries, base: BaselineSeries, resolution: number): Comparison {
  const sides = { ...candidateOf(head), baseline: median(valuesOf(base.measurements)) };
  if (resolution > 0)
    return unjudged(head.first, "inconclusive", belowResolution(head.first, resolution), { ...sides, doubt: "noise-floor" });
  return unjudged(head.first, "incomparable", text`a value that is not above 0 has no ratio`, sides);
}

const belowResolution = (first: Measurement, resolution: number): Text =>
  text`below the tool's resolution: it counts in steps of ${figure(formatQuantity(resolution, first.unit))}`;

function typicalOf(measurements: readonly Measurement[]): readonly number[] | null {
  const values = measurements.flatMap((measurement) => measurement.typical ?? []);
  return values.length === measurements.length && values.every(isPositive) ? values : null;
}

type Benchmarks = Config["benchmarks"];

/** A pair of series that agree on unit and direction, all values above 0. */
interface Pair {
  readonly head: HeadSeries;
  readonly base: BaselineSeries;
  readonly better: Better;
  readonly resolution: number;
  readonly differences: readonly string[];
}

function judge({ head, base, better }: Pair, mode: "B" | "C", { minEffect, blockEffect }: Benchmarks): Judgement {
  const values = { baseline: valuesOf(base.measurements), head: valuesOf(headOf(head)) };
  if (mode === "B") return judgeModeB({ better, history: base.history, head: values.head, minEffect, blockEffect });
  const [baseTypical, headTypical] = [typicalOf(base.measurements), typicalOf(headOf(head))];
  const typical = baseTypical && headTypical ? { typical: { baseline: baseTypical, head: headTypical } } : {};
  return judgeModeC({ better, ...values, ...typical });
}

type Objection = Pick<Comparison, "decision" | "doubt" | "reason">;

const noiseFloor = (reason: Text): Objection => ({ decision: "inconclusive", doubt: "noise-floor", reason });

/** What no judge of ratios can know: that the tool counts too coarsely, or that the merge base had the change already. */
function objection(judgement: Judgement, pair: Pair, minEffect: number): Objection | null {
  if (judgement.doubt === "no-evidence") return null;
  const difference = Math.abs(judgement.candidate - judgement.baseline);
  if (difference > 0 && difference < 2 * pair.resolution) return noiseFloor(belowResolution(pair.head.first, pair.resolution));
  const worse = judgement.reason === "noise-floor" && isOver(judgement.effect, Math.log1p(minEffect));
  if (judgement.decision !== "regression" && judgement.doubt !== "suspect" && !worse) return null;
  const [candidate = 0] = worseLogs([judgement.candidate], pair.better);
  const stored = median(worseLogs(valuesOf(pair.base.measurements), pair.better));
  if (isOver(candidate - stored, Math.log1p(minEffect))) return null;
  return noiseFloor(text`worse than the history, but so is the merge base: the change came before this pull request`);
}

function judged(pair: Pair, config: Benchmarks): Comparison {
  const { head, base, differences } = pair;
  const mode = base.history.length >= HISTORY_MINIMUM && differences.length === 0 ? "B" : "C";
  const judgement = judge(pair, mode, config);
  const against = objection(judgement, pair, config.minEffect);
  const blocks = against === null && judgement.decision === "regression" && !isOver(Math.log1p(config.blockEffect), judgement.effect);
  const history = Math.min(base.history.length, HISTORY_RUNS);
  const facts = { runs: head.runs.length, history, differences, blockEffect: config.blockEffect, blocks };
  return unjudged(head.first, judgement.decision, comparisonReason(judgement, facts), {
    ...(judgement.doubt && { doubt: judgement.doubt }),
    ...against,
    mode,
    baseline: judgement.baseline,
    candidate: judgement.candidate,
    change: judgement.change,
    visible: judgement.visible,
    runs: head.runs.length,
    history,
    blocks,
  });
}

/**
 * Judges one series against its baseline: with ten runs of history from the same machine by mode B, else by
 * mode C, which only screens. Never throws; what cannot be compared says why.
 * @param machine where the baseline was measured.
 */
export function compareSeries(head: HeadSeries, base: BaselineSeries, machine: Environment | undefined, config: Benchmarks): Comparison {
  const better = agreement(head, base);
  if (better !== "lower" && better !== "higher") return unjudged(head.first, "incomparable", better, candidateOf(head));
  const measurements = [...headOf(head), ...base.measurements];
  const resolution = Math.max(0, ...measurements.map((measurement) => measurement.resolution ?? 0));
  if (![...valuesOf(measurements), ...base.history].every(isPositive)) return withoutRatio(head, base, resolution);
  const differences = [...new Set(head.runs.flatMap((run) => environmentDifferences(machine, run.environment)))];
  return judged({ head, base, better, resolution, differences }, config);
}
