import { mean, median, medianAbsoluteDeviation, quantile, standardDeviation } from "../../src/statistics/quantiles.js";
import { studentQuantile } from "../../src/statistics/student.js";
import { type Point, type PointSet, worsened } from "./points.js";
import { anyOfFifty, average, SLOWDOWNS, share } from "./rates.js";

/** The value above which a rule raises its alarm; values are linear, lower is better, oldest first. */
type Limit = (history: readonly number[]) => number;

type Reruns = "none" | "median" | "all";

/** Figures of statistics on three sets of histories, which a re-implementation must meet. */
interface Published {
  readonly falseAlarms: number;
  /** Share seen at {@link SLOWDOWNS}; null where none was published. */
  readonly detection: readonly (number | null)[];
}

export interface HistoryRule {
  readonly name: string;
  readonly limit: Limit;
  readonly reruns: Reruns;
  readonly published: Published;
}

export interface PeerRow {
  readonly name: string;
  /** Means over the sets, each with equal weight. */
  readonly falseAlarms: number;
  readonly pr50: number;
  /** At +3, 5, 10, 20 and 50 %. */
  readonly detection: readonly number[];
  /** Whether false alarms lie within .01 and detection within .02 of the published figures; null on other data. */
  readonly reproduced: boolean | null;
}

const last = (history: readonly number[]): number => history.at(-1) ?? Number.NaN;
const changes = (history: readonly number[]): readonly number[] =>
  history.slice(1).map((value, index) => Math.abs(value / (history[index] ?? value) - 1));

const interquartile = (values: readonly number[]): number => quantile(values, 0.75) - quantile(values, 0.25);
const upperFence = (values: readonly number[]): number => quantile(values, 0.75) + 3 * interquartile(values);

function withoutOutliers(history: readonly number[]): readonly number[] {
  const [low, high, width] = [quantile(history, 0.25), quantile(history, 0.75), interquartile(history)];
  return history.filter((value) => value >= low - 1.5 * width && value <= high + 1.5 * width);
}

const deviations =
  (count: number, prepare = (history: readonly number[]) => history): Limit =>
  (history) => {
    const kept = prepare(history);
    return mean(kept) + count * standardDeviation(kept);
  };

const prediction =
  (p: number): Limit =>
  (history) =>
    mean(history) + studentQuantile(p, history.length - 1) * standardDeviation(history) * Math.sqrt(1 + 1 / history.length);

const NORMAL_99 = 2.3263478740408408;
const logNormal: Limit = (history) => Math.exp(deviations(NORMAL_99)(history.map(Math.log)));

function deviation(history: readonly number[]): number {
  const steps = history.slice(1).map((value, index) => Math.abs(value - (history[index] ?? value)));
  return 1.4826 * Math.max(medianAbsoluteDeviation(history), median(steps) / Math.SQRT2);
}

const robust =
  (count: number): Limit =>
  (history) =>
    median(history) + Math.max(0.05 * median(history), count * deviation(history));

const both =
  (...limits: readonly Limit[]): Limit =>
  (history) =>
    Math.max(...limits.map((limit) => limit(history)));

const overPrevious =
  (ratio: number): Limit =>
  (history) =>
    last(history) * ratio;
const overMedian: Limit = (history) => median(history) * 1.1;
const overMax =
  (ratio: number): Limit =>
  (history) =>
    Math.max(...history) * ratio;

const rule = (name: string, limit: Limit, reruns: Reruns, falseAlarms: number, detection: readonly (number | null)[]): HistoryRule => ({
  name,
  limit,
  reruns,
  published: { falseAlarms, detection },
});

const only20 = (detected: number): readonly (number | null)[] => [null, null, null, detected, null];
const conbench = deviations(5, withoutOutliers);
const prototype = both(robust(4), prediction(0.99));

/** Rules of other tools on one value a run and up to 30 runs of history, with their published figures for the open data. */
export const HISTORY_RULES: readonly HistoryRule[] = [
  rule("ratio >110 % of previous", overPrevious(1.1), "none", 0.107, [0.14, 0.17, 0.48, 0.88, 0.97]),
  rule("ratio >150 % of previous", overPrevious(1.5), "none", 0.016, [0.02, 0.02, 0.02, 0.04, 0.48]),
  rule("ratio >200 % (github-action-benchmark)", overPrevious(2), "none", 0.002, [0, 0, 0, 0.01, 0.03]),
  rule(">10 % over mean of history", (history) => mean(history) * 1.1, "none", 0.077, [0.11, 0.15, 0.34, 0.81, 0.98]),
  rule(">10 % over median of history", overMedian, "none", 0.084, [0.11, 0.15, 0.44, 0.89, 0.98]),
  rule("lookback z >5 (conbench)", conbench, "none", 0.037, [0.09, 0.14, 0.37, 0.57, 0.82]),
  rule("z .98 (mean + 2.05 sd)", deviations(2.05), "none", 0.039, [0.14, 0.22, 0.36, 0.54, 0.86]),
  rule("t prediction interval .99 (bencher)", prediction(0.99), "none", 0.028, [0.1, 0.17, 0.3, 0.48, 0.8]),
  rule("t prediction interval .999", prediction(0.999), "none", 0.015, [0.06, 0.11, 0.23, 0.38, 0.69]),
  rule("log-normal .99", logNormal, "none", 0.03, [0.11, 0.18, 0.32, 0.49, 0.81]),
  rule("median + 3 IQR (bencher)", (history) => median(history) + 3 * interquartile(history), "none", 0.04, [0.11, 0.18, 0.42, 0.62, 0.85]),
  rule(
    "change > Q3 + 3 IQR of changes (rustc-perf)",
    (history) => last(history) * (1 + upperFence(changes(history))),
    "none",
    0.027,
    [0.08, 0.14, 0.32, 0.5, 0.74],
  ),
  rule("above max of last 30", overMax(1), "none", 0.031, [0.13, 0.2, 0.34, 0.5, 0.72]),
  rule("max(5 %, 3 MAD)", robust(3), "none", 0.045, only20(0.69)),
  rule("max(5 %, 4 MAD)", robust(4), "none", 0.037, only20(0.62)),
  rule("max(5 %, 5 MAD)", robust(5), "none", 0.032, only20(0.56)),
  rule("t .99 and >10 %", both(prediction(0.99), overMedian), "none", 0.023, [0.03, 0.04, 0.18, 0.48, 0.8]),
  rule("4 MAD, t .99 and 5 %", prototype, "none", 0.019, [0.03, 0.08, 0.23, 0.39, 0.74]),
  rule("max of last 30 × 1.05", overMax(1.05), "none", 0.011, [0.02, 0.03, 0.19, 0.42, 0.68]),
  rule("ratio >110 %, 2 reruns (median)", overPrevious(1.1), "median", 0.057, [0.08, 0.1, 0.4, 0.86, 0.97]),
  rule("z >5, 2 reruns (median)", conbench, "median", 0.009, [0.06, 0.1, 0.34, 0.55, 0.8]),
  rule("t .99, 2 reruns (median)", prediction(0.99), "median", 0.005, [0.06, 0.13, 0.26, 0.43, 0.78]),
  rule("t .999, 2 reruns (all)", prediction(0.999), "all", 0, [0.02, 0.06, 0.18, 0.3, 0.61]),
  rule("max(5 %, 4 MAD), 2 reruns (all)", robust(4), "all", 0.004, [0.01, 0.05, 0.32, 0.56, 0.8]),
  rule("max of last 30 × 1.05, 2 reruns (median)", overMax(1.05), "median", 0.001, [0, 0.01, 0.14, 0.37, 0.66]),
  rule("max of last 30 × 1.05, 2 reruns (all)", overMax(1.05), "all", 0, [0, 0, 0.1, 0.3, 0.63]),
  rule("4 MAD, t .99 and 5 %, 2 reruns (all)", prototype, "all", 0.001, [0, 0.02, 0.17, 0.32, 0.66]),
  rule("t .99 and >10 %, 2 reruns (all)", both(prediction(0.99), overMedian), "all", 0.001, [0, 0, 0.05, 0.37, 0.74]),
];

/** Equal values multiplied and divided again differ in their last bits. */
const TIE = 1e-12;

/** Reruns happen only after a first look that is over. */
function raises(head: readonly number[], limit: number, reruns: Reruns): boolean {
  const over = (value: number): boolean => value > limit * (1 + TIE);
  const [first = Number.NaN] = head;
  if (!over(first) || reruns === "none") return over(first);
  return reruns === "all" ? head.every(over) : over(median(head));
}

/** Rules of ratios see a rate as the time that one operation takes. */
const linear = (values: readonly number[], { better }: Point): readonly number[] =>
  better === "lower" ? values : values.map((value) => 1 / value);

function setRates({ points }: PointSet, { limit, reruns }: HistoryRule): Pick<PeerRow, "falseAlarms" | "pr50" | "detection"> {
  const asked = points.map((point) => ({ run: point.run, head: linear(point.head, point), limit: limit(linear(point.history, point)) }));
  const alarms = asked.map(({ run, head, limit: value }) => ({ run, alarm: raises(head, value, reruns) }));
  return {
    falseAlarms: share(alarms, (each) => each.alarm),
    pr50: anyOfFifty(alarms),
    detection: SLOWDOWNS.map((by) => share(asked, (each) => raises(worsened(each.head, "lower", by), each.limit, reruns))),
  };
}

const within = (value: number, target: number | null | undefined, tolerance: number): boolean =>
  target === null || target === undefined || Math.abs(value - target) <= tolerance + 0.0005;

function peerRow(sets: readonly PointSet[], each: HistoryRule, open: boolean): PeerRow {
  const rates = sets.map((set) => setRates(set, each));
  const falseAlarms = average(rates.map((rate) => rate.falseAlarms));
  const detection = SLOWDOWNS.map((_, index) => average(rates.map((rate) => rate.detection[index] ?? 0)));
  const { published } = each;
  const met =
    within(falseAlarms, published.falseAlarms, 0.01) && detection.every((seen, index) => within(seen, published.detection[index], 0.02));
  return { name: each.name, falseAlarms, pr50: average(rates.map((rate) => rate.pr50)), detection, reproduced: open ? met : null };
}

/**
 * Every rule on the given sets.
 * @param open the sets are the three open ones, whole, for which figures are published.
 */
export function historyPeers(sets: readonly PointSet[], open: boolean): readonly PeerRow[] {
  return HISTORY_RULES.map((each) => peerRow(sets, each, open));
}
