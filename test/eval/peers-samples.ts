import { benjaminiHochberg } from "../../src/statistics/benjamini-hochberg.js";
import { stepOf } from "./mode-a.js";
import type { ProcessSet } from "./process-history.js";
import { anyOfFifty, average, SLOWDOWNS, share } from "./rates.js";
import { type Process, SAMPLE_RULES, type SampleRule, type Sight } from "./sample-rules.js";

export interface SamplePeerRow {
  readonly name: string;
  readonly processes: number;
  readonly falseAlarms: number;
  readonly pr50: number;
  /** At +3, 5, 10, 20 and 50 %. */
  readonly detection: readonly number[];
  /** Figures that were published and are not met within .01 (false alarms) and .02 (detection); null on other data. */
  readonly missed: readonly string[] | null;
}

type Benchmarks = readonly (readonly Process[])[];

function benchmarks(set: ProcessSet): Benchmarks {
  return set.benchmarks.map(({ rounds }, benchmark) =>
    rounds.map((values, run) => ({
      rounds: values,
      mean: set.means[benchmark]?.values[run] ?? Number.NaN,
      median: set.medians[benchmark]?.values[run] ?? Number.NaN,
      min: set.minima[benchmark]?.values[run] ?? Number.NaN,
      quartile: set.quartiles[benchmark]?.values[run] ?? Number.NaN,
    })),
  );
}

const slowed = ({ mean, median, min, quartile, rounds }: Process, by: number): Process => ({
  quartile: quartile * by,
  mean: mean * by,
  median: median * by,
  min: min * by,
  rounds: rounds.map((value) => value * by),
});

function see(processes: readonly Process[], start: number, by: number, rule: SampleRule): Sight {
  const side = (from: number) =>
    Array.from({ length: rule.processes }, (_, index) => processes[from + 2 * index]).filter((each) => each !== undefined);
  return rule.see(
    side(start),
    side(start + 1).map((each) => slowed(each, 1 + by)),
  );
}

/** One process a side: odd runs against even ones. Else as our own blocks, or every k runs, as the figures were published. */
const starts = (runs: number, { processes: count, blocks }: SampleRule): readonly number[] => {
  const step = count === 1 ? 2 : blocks === "every k" ? count : stepOf(count);
  return Array.from({ length: Math.max(0, Math.floor((runs - 2 * count) / step) + 1) }, (_, index) => index * step);
};

/** Which benchmarks of one run raise the alarm when the p of the others are these. */
function alarms(sights: readonly Sight[], { level, corrected }: SampleRule): readonly boolean[] {
  const ps = sights.map(({ p }) => p);
  const used = corrected ? benjaminiHochberg(ps) : ps;
  return sights.map(({ large }, index) => large && (used[index] ?? 1) <= level);
}

function detected(unchanged: readonly Sight[], changed: readonly Sight[], rule: SampleRule): readonly boolean[] {
  if (rule.injected === "all" || !rule.corrected) return alarms(changed, rule);
  return changed.map((sight, index) => alarms(unchanged.with(index, sight), rule)[index] ?? false);
}

const digits = (value: number): string => value.toFixed(3).replace(/^0/u, "");

/** Published figures are rounded, false alarms to three digits and detection to two: the tolerance is on top of that. */
function missed(rule: SampleRule, falseAlarms: number, detection: readonly number[]): readonly string[] {
  const told = [
    { what: "false alarms", value: falseAlarms, target: rule.published.falseAlarms, tolerance: 0.01 + 0.0005 },
    ...rule.published.detection.map((target, index) => ({
      what: `+${(SLOWDOWNS[index + 1] ?? 0) * 100} %`,
      value: detection[index + 1] ?? 0,
      target,
      tolerance: 0.02 + 0.005,
    })),
  ];
  return told
    .filter(({ value, target, tolerance }) => Math.abs(value - target) > tolerance)
    .map(({ what, value, target }) => `${what} ${digits(value)} instead of ${digits(target)}`);
}

function peerRow(all: Benchmarks, rule: SampleRule, open: boolean): SamplePeerRow {
  const runs = Math.min(...all.map((processes) => processes.length));
  const at = starts(runs, rule);
  const sights = (start: number, by: number) => all.map((processes) => see(processes, start, by, rule));
  const unchanged = at.map((start) => ({ start, sights: sights(start, 0) }));
  const raised = unchanged.flatMap((each) => alarms(each.sights, rule).map((alarm) => ({ run: String(each.start), alarm })));
  const detection = SLOWDOWNS.map((by) =>
    average(unchanged.map((each) => share(detected(each.sights, sights(each.start, by), rule), (alarm) => alarm))),
  );
  const falseAlarms = share(raised, ({ alarm }) => alarm);
  const { name, processes } = rule;
  return { name, processes, falseAlarms, pr50: anyOfFifty(raised), detection, missed: open ? missed(rule, falseAlarms, detection) : null };
}

/** Rules of other tools on the raw samples of one set. @param open the set is the open local one, whole, with published figures. */
export function samplePeers(set: ProcessSet, open: boolean): readonly SamplePeerRow[] {
  const all = benchmarks(set);
  return SAMPLE_RULES.map((rule) => peerRow(all, rule, open));
}
