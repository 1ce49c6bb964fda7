import { DEFAULTS, type Judgement } from "../../src/statistics/judge.js";
import { judgeModeB } from "../../src/statistics/mode-b.js";
import type { Histories } from "./histories.js";
import type { PeerRow } from "./peers-history.js";
import { type Point, type PointSet, pointsOf, worsened } from "./points.js";
import { anyOfFifty, average, SLOWDOWNS, share } from "./rates.js";

export interface ModeBRow {
  readonly set: string;
  readonly half: "tuning" | "test" | "whole";
  readonly points: number;
  /** Called a regression or an improvement though nothing changed, three runs. */
  readonly falseAlarms: number;
  readonly falseImprovements: number;
  readonly pr50: number;
  /** Called a regression at +3, 5, 10, 20 and 50 %. */
  readonly detection: readonly number[];
  /** The same when the reruns are made only after a first look that asks for them. */
  readonly afterFirstLook: readonly number[];
  readonly inconclusive: number;
  readonly inconclusiveFirst: number;
  /** "No change" said of a real +5, 10, 20 and 50 % after three runs, and after a first look. */
  readonly saidNoChange: readonly number[];
  readonly saidNoChangeFirst: readonly number[];
  /** First looks at unchanged code that ask for a rerun, and pull requests of 50 benchmarks with at least one. */
  readonly asks: number;
  readonly asks50: number;
}

function judge({ better, history, head }: Point, runs: number, by: number): Judgement {
  return judgeModeB({ better, history, head: worsened(head.slice(0, runs), better, by), ...DEFAULTS });
}

const isRegression = ({ decision }: Judgement): boolean => decision === "regression";
const asksAgain = ({ doubt }: Judgement): boolean => doubt === "suspect";

interface Answers {
  readonly first: readonly Judgement[];
  readonly three: readonly Judgement[];
}

const answersTo = (points: readonly Point[], by: number): Answers => ({
  first: points.map((point) => judge(point, 1, by)),
  three: points.map((point) => judge(point, 3, by)),
});

const shareOf = (judgements: readonly Judgement[], decision: Judgement["decision"]): number =>
  share(judgements, (each) => each.decision === decision);

const pairs = ({ first, three }: Answers): readonly { readonly first: Judgement; readonly three: Judgement | undefined }[] =>
  first.map((judgement, index) => ({ first: judgement, three: three[index] }));

const confirmed = (answers: Answers): number =>
  share(pairs(answers), ({ first, three }) => asksAgain(first) && three !== undefined && isRegression(three));

function row(set: string, half: ModeBRow["half"], points: readonly Point[]): ModeBRow {
  const unchanged = answersTo(points, 0);
  const slower = SLOWDOWNS.map((by) => answersTo(points, by));
  const alarms = (judgements: readonly Judgement[], alarm: (judgement: Judgement) => boolean) =>
    anyOfFifty(judgements.map((judgement, index) => ({ run: points[index]?.run ?? "", alarm: alarm(judgement) })));
  return {
    set,
    half,
    points: points.length,
    falseAlarms: share(unchanged.three, isRegression),
    falseImprovements: shareOf(unchanged.three, "improvement"),
    pr50: alarms(unchanged.three, isRegression),
    detection: slower.map(({ three }) => share(three, isRegression)),
    afterFirstLook: slower.map(confirmed),
    inconclusive: shareOf(unchanged.three, "inconclusive"),
    inconclusiveFirst: shareOf(unchanged.first, "inconclusive"),
    saidNoChange: slower.slice(1).map(({ three }) => shareOf(three, "no-change")),
    saidNoChangeFirst: slower.slice(1).map(({ first }) => shareOf(first, "no-change")),
    asks: share(unchanged.first, asksAgain),
    asks50: alarms(unchanged.first, asksAgain),
  };
}

/** Whether code changed while a set was recorded: not in the A/A sets that are known as such. */
const UNCHANGED_CODE = ["gab", "local"];

/** All sets of points; the histories of processes as a tool would store them, by their medians and by their minima. */
export function historyPoints({ stored, processes }: Histories): readonly PointSet[] {
  return [
    ...stored.map((set) => pointsOf(set.name, set.series, !UNCHANGED_CODE.includes(set.name))),
    ...processes.flatMap((set) => [pointsOf(`${set.name} median`, set.medians, false), pointsOf(`${set.name} min`, set.minima, false)]),
  ];
}

/** Our judge on one half of every set, or on the whole. */
export function modeB(sets: readonly PointSet[], half: ModeBRow["half"]): readonly ModeBRow[] {
  return sets.map(({ name, points }) =>
    row(
      name,
      half,
      points.filter((point) => half === "whole" || point.half === half),
    ),
  );
}

/** Means over sets, each with equal weight, to stand beside other rules. */
export function meanOf(name: string, rows: readonly ModeBRow[]): Omit<PeerRow, "reproduced"> {
  return {
    name,
    falseAlarms: average(rows.map((each) => each.falseAlarms)),
    pr50: average(rows.map((each) => each.pr50)),
    detection: SLOWDOWNS.map((_, index) => average(rows.map((each) => each.detection[index] ?? 0))),
  };
}
