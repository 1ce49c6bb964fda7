import type { Config } from "../config/config.js";
import { isIgnored } from "../config/names.js";
import type { Collected } from "../model/collected.js";
import type { Baseline, Results } from "../model/evidence.js";
import type { Comparability, Comparison, SuiteShift } from "../model/judgement.js";
import type { Problem } from "../model/measurement.js";
import { HISTORY_RUNS } from "../statistics/mode-b.js";
import { suiteShift } from "../statistics/suite-shift.js";
import { type Draft, settle, unjudged } from "./drafts.js";
import { environmentDifferences } from "./environments.js";
import { withoutFailing } from "./failing-endpoints.js";
import { type Commits, type PairedSides, pairedEvidence, pairedKey } from "./paired.js";
import { comparePaired } from "./paired-comparison.js";
import { usableFiles } from "./results.js";
import { type BaselineSeries, baselineSeries, type HeadSeries, headSeries, isComparable } from "./series.js";
import { candidateOf, compareSeries } from "./series-comparison.js";
import { type Lone, unmatched } from "./unmatched.js";

/** All comparisons of a pull request, and what they rest on. */
export interface Compared extends Comparability {
  readonly comparisons: readonly Comparison[];
  /** Files of interleaved runs that were left aside, and why. */
  readonly problems: readonly Problem[];
}

type Benchmarks = Config["benchmarks"];

/** A benchmark that bears another name at the base is one benchmark, where the configuration says so. */
function joined(sides: readonly PairedSides[], { aliases }: Benchmarks): readonly PairedSides[] {
  const before = new Map(sides.filter(({ head }) => head.length === 0).map((each) => [each.key, each]));
  const merged = sides.map((each) => {
    const old = Object.hasOwn(aliases, each.first.benchmark) ? aliases[each.first.benchmark] : undefined;
    const partner = old === undefined ? undefined : before.get(pairedKey({ ...each.first, benchmark: old }));
    if (partner === undefined || each.base.length > 0 || partner.sha !== each.sha) return each;
    before.delete(partner.key);
    return { ...each, base: partner.base };
  });
  return merged.filter((each) => each.head.length > 0 || before.has(each.key));
}

const loneHead = (series: HeadSeries): Lone => ({ key: series.key, first: series.first, sides: candidateOf(series) });

const loneBase = ({ key, first, measurements, history }: BaselineSeries): Lone => ({
  key,
  first,
  sides: { baseline: first.value, baselineRuns: measurements.length, history: history.length },
});

const middle = (rounds: readonly (readonly number[])[]): number | null => rounds[0]?.[0] ?? null;

const lonePaired = ({ key, first, base, head }: PairedSides): Lone => ({
  key,
  first,
  sides: { baseline: middle(base), candidate: middle(head), runs: head.length, baselineRuns: base.length },
});

/** What was measured in turn, judged without any stored baseline. */
function pairedDrafts(sides: readonly PairedSides[], config: Benchmarks): readonly Draft[] {
  const whole = sides.filter(({ base, head }) => base.length > 0 && head.length > 0);
  const added = sides.filter(({ base }) => base.length === 0);
  const gone = sides.filter(({ head }) => head.length === 0);
  return [...whole.map((each) => comparePaired(each, config)), ...unmatched(added.map(lonePaired), gone.map(lonePaired))];
}

function storedDrafts(
  head: readonly HeadSeries[],
  stored: ReadonlyMap<string, BaselineSeries>,
  baseline: Baseline,
  config: Benchmarks,
): readonly Draft[] {
  const measured = new Set(head.map((series) => series.key));
  const compared = head.flatMap((series) => {
    const base = stored.get(series.key);
    return base === undefined ? [] : [compareSeries(series, base, baseline.environment, config)];
  });
  const added = head.filter((series) => !stored.has(series.key));
  const gone = [...stored.values()].filter((series) => !measured.has(series.key));
  return [...compared, ...unmatched(added.map(loneHead), gone.map(loneBase))];
}

/** What was measured in turn decides for its benchmark, unless its base is foreign and there is a history to judge by. */
function overruled(paired: readonly Draft[], stored: readonly Draft[]): readonly Draft[] {
  const byKey = new Map(paired.map((draft) => [pairedKey(draft.comparison), draft]));
  const kept = stored.filter(({ comparison }) => {
    const rival = byKey.get(pairedKey(comparison));
    if (rival === undefined) return true;
    if (rival.judged?.mayBlock === false && comparison.mode === "B") return byKey.delete(pairedKey(comparison));
    return false;
  });
  return [...byKey.values(), ...kept];
}

/** The default branch's values of a benchmark, whatever judged it. */
function withTrends(drafts: readonly Draft[], stored: ReadonlyMap<string, BaselineSeries>): readonly Draft[] {
  const trends = new Map([...stored.values()].map(({ first, history }) => [pairedKey(first), history.slice(-HISTORY_RUNS)]));
  return drafts.map((draft) => {
    const trend = trends.get(pairedKey(draft.comparison));
    return trend === undefined ? draft : { ...draft, comparison: { ...draft.comparison, trend } };
  });
}

/** One figure a benchmark, of times and rates: the percentiles of one load test always move together. */
function shiftOf(drafts: readonly Draft[]): SuiteShift | null {
  const effects = new Map<string, number>();
  for (const { comparison, judged } of drafts) {
    const timed = comparison.mode !== "D" && (comparison.unit === "s" || comparison.unit === "1/s");
    if (judged && timed && !effects.has(comparison.benchmark)) effects.set(comparison.benchmark, judged.judgement.effect);
  }
  return suiteShift([...effects.values()]);
}

function machineOf(results: Results, baseline: Collected<Baseline>): readonly string[] {
  if (baseline.status === "absent") return [];
  const here = usableFiles(results).filter(({ run }) => run.paired === undefined);
  return [...new Set(here.flatMap(({ run }) => environmentDifferences(baseline.value.environment, run.environment)))];
}

/**
 * Compares everything that the head measured: in turn with its base (mode A) where there is such a run, else with
 * the stored baseline. Empty when no run of the head proves anything: that is said of the runs, not of each benchmark.
 */
export function compare(measured: Results, baseline: Collected<Baseline>, config: Config, commits: Commits): Compared {
  const { benchmarks } = config;
  const results = { ...measured, files: measured.files.map((file) => ({ ...file, run: withoutFailing(file.run, config) })) };
  const evidence = pairedEvidence(results, commits);
  const sides = joined(
    evidence.sides.filter(({ first }) => isComparable(first) && !isIgnored(first.benchmark, benchmarks.ignore)),
    benchmarks,
  );
  const head = [...headSeries(results, benchmarks).values()];
  const nothing = head.length === 0 && sides.length === 0;
  const stored = baseline.status === "absent" || nothing ? new Map<string, BaselineSeries>() : baselineSeries(baseline.value, benchmarks);
  const fromStore =
    baseline.status === "absent"
      ? head.map((series) => ({ comparison: unjudged(series.first, "no-baseline", baseline.reason, candidateOf(series)) }))
      : storedDrafts(head, stored, baseline.value, benchmarks);
  const drafts = withTrends(overruled(pairedDrafts(sides, benchmarks), fromStore), stored);
  return {
    comparisons: settle(drafts),
    problems: evidence.problems,
    paired: evidence.runs,
    machine: machineOf(results, baseline),
    shift: shiftOf(drafts),
  };
}
