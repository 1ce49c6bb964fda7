import type { Config } from "../config/config.js";
import type { Comparison } from "../model/judgement.js";
import type { Environment, Measurement } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { type Better, isOver, type Judgement, worseLogs } from "../statistics/judge.js";
import { HISTORY_MINIMUM, HISTORY_RUNS, judgeModeB } from "../statistics/mode-b.js";
import { judgeModeC } from "../statistics/mode-c.js";
import { judgeModeD } from "../statistics/mode-d.js";
import { median } from "../statistics/quantiles.js";
import { type Draft, figuresOf, unjudged } from "./drafts.js";
import { environmentDifferences } from "./environments.js";
import { belowResolution, betterOf, isCountable, isRatio, thresholdsOf } from "./judgeable.js";
import type { BaselineSeries, HeadSeries } from "./series.js";

const valuesOf = (measurements: readonly Measurement[]): readonly number[] => measurements.map((measurement) => measurement.value);
const headOf = (head: HeadSeries): readonly Measurement[] => head.runs.map((run) => run.measurement);

/** The head's side of a comparison without a verdict. */
export function candidateOf(head: HeadSeries): Partial<Comparison> {
  return { candidate: median(valuesOf(headOf(head))), runs: head.runs.length };
}

/** The direction when every measurement agrees on a known unit and direction, else why they cannot be compared. */
function agreement(head: HeadSeries, base: BaselineSeries, config: Benchmarks): Better | Text {
  if (head.duplicateIn !== undefined) {
    return text`the same name and metric stand twice in ${head.duplicateIn}: give each benchmark a name of its own`;
  }
  const { first } = head;
  const all = [...headOf(head), ...base.measurements];
  if (all.some((each) => each.unit !== first.unit || each.sourceUnit !== first.sourceUnit))
    return text`the unit differs between the baseline and this head`;
  if (all.some((each) => each.better !== first.better)) return text`the direction differs between the baseline and this head`;
  return betterOf(first, config);
}

/** A value of 0 has no ratio: below the tool's resolution where it states one, else a broken figure. */
function withoutRatio(head: HeadSeries, base: BaselineSeries, resolution: number): Comparison {
  const sides = { ...candidateOf(head), baseline: median(valuesOf(base.measurements)), baselineRuns: base.measurements.length };
  if (resolution > 0)
    return unjudged(head.first, "inconclusive", belowResolution(head.first, resolution), { ...sides, doubt: "noise-floor" });
  return unjudged(head.first, "incomparable", text`a value that is not above 0 has no ratio`, sides);
}

function typicalOf(measurements: readonly Measurement[]): readonly number[] | null {
  const values = measurements.flatMap((measurement) => measurement.typical ?? []);
  return values.length === measurements.length && values.every(isRatio) ? values : null;
}

type Benchmarks = Config["benchmarks"];

/** A pair of series that agree on unit and direction. */
interface Pair {
  readonly head: HeadSeries;
  readonly base: BaselineSeries;
  readonly better: Better;
  readonly resolution: number;
  readonly differences: readonly string[];
}

type Mode = "B" | "C" | "D";

function modeOf({ head, base, differences }: Pair): Mode {
  if (head.first.deterministic) return "D";
  return base.history.length >= HISTORY_MINIMUM && differences.length === 0 ? "B" : "C";
}

function judge({ head, base, better }: Pair, mode: Mode, config: Benchmarks): Judgement {
  const values = { baseline: valuesOf(base.measurements), head: valuesOf(headOf(head)) };
  if (mode === "D") return judgeModeD({ better, unit: head.first.unit, base: values.baseline, head: values.head });
  const thresholds = thresholdsOf(head.first, config);
  if (mode === "B") return judgeModeB({ better, history: base.history, head: values.head, ...thresholds });
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

function judged(pair: Pair, config: Benchmarks): Draft {
  const { head, base, differences } = pair;
  const mode = modeOf(pair);
  const judgement = judge(pair, mode, config);
  const { minEffect, blockEffect } = thresholdsOf(head.first, config);
  const against = mode === "D" ? null : objection(judgement, pair, minEffect);
  const history = mode === "D" ? 0 : Math.min(base.history.length, HISTORY_RUNS);
  const runs = head.runs.length;
  const comparison = unjudged(head.first, judgement.decision, [], {
    ...figuresOf(judgement),
    ...against,
    ...{ mode, better: pair.better, runs, baselineRuns: base.measurements.length, history },
  });
  if (against !== null) return { comparison };
  return { comparison, judged: { judgement, facts: { runs, history, differences, blockEffect }, mayBlock: differences.length === 0 } };
}

/**
 * Judges one series against its stored baseline: an exact count by mode D; with ten runs of history from the same
 * machine by mode B, else by mode C, which only screens. Never throws; what cannot be compared says why.
 * @param machine where the baseline was measured.
 */
export function compareSeries(head: HeadSeries, base: BaselineSeries, machine: Environment | undefined, config: Benchmarks): Draft {
  const better = agreement(head, base, config);
  if (better !== "lower" && better !== "higher") return { comparison: unjudged(head.first, "incomparable", better, candidateOf(head)) };
  const measurements = [...headOf(head), ...base.measurements];
  const resolution = Math.max(0, ...measurements.map((measurement) => measurement.resolution ?? 0));
  const possible = head.first.deterministic ? isCountable : isRatio;
  if (![...valuesOf(measurements), ...base.history].every(possible)) return { comparison: withoutRatio(head, base, resolution) };
  const differences = [...new Set(head.runs.flatMap((run) => environmentDifferences(machine, run.environment)))];
  return judged({ head, base, better, resolution, differences }, config);
}
