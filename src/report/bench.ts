import type { BenchComparison } from "../evidence/bench-comparisons.js";
import type { Unit } from "../model/measurement.js";
import { formatQuantity } from "../statistics/quantity.js";
import { plainly } from "./plain.js";
import { table } from "./terminal-layout.js";

/** Rows without a finding that are listed one by one; of a suite of hundreds the rest is a number. */
const MOST_QUIET = 20;

const two = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });
const percent = (share: number): string => two.format(Math.abs(share) * 100);

/** What a change is called: times get slower, everything else higher or lower. */
function word(change: number, unit: Unit): string {
  if (unit === "s") return change > 0 ? "slower" : "faster";
  return change > 0 ? "higher" : "lower";
}

/** `8–16 %`, or with signs where the interval reaches to the other side of nothing. */
function between(change: number, [low, high]: readonly [number, number]): string {
  const [near, far] = change < 0 ? [-high, -low] : [low, high];
  if (near >= 0) return `${percent(near)}–${percent(far)} %`;
  return `${low < 0 ? "-" : "+"}${percent(low)} to ${high < 0 ? "-" : "+"}${percent(high)} %`;
}

/** `12 % slower (95 % interval 8–16 %), 5 runs a side, noise floor 2 %`. */
export function saidOf({ change, unit, interval, visible, runs, baselineRuns }: BenchComparison): string {
  if (change === null) return "";
  const moved = percent(change) === "0" ? "unchanged" : `${percent(change)} % ${word(change, unit)}`;
  const certain = interval === null ? "" : ` (95 % interval ${between(change, interval)})`;
  const sides = runs === baselineRuns ? `${runs} runs a side` : `${baselineRuns} runs of the base, ${runs} of the head`;
  const floor = visible === null || visible === 0 ? "" : `, noise floor ${percent(visible)} %`;
  return `${moved}${certain}, ${sides}${floor}`;
}

/** How much a row matters; the first matters most. */
const ranks: readonly ((row: BenchComparison) => boolean)[] = [
  ({ blocks }) => blocks,
  ({ decision }) => decision === "regression",
  ({ doubt }) => doubt === "suspect",
  ({ decision }) => decision === "incomparable",
  ({ decision }) => decision === "inconclusive",
  ({ decision }) => decision === "improvement",
];

const rank = (row: BenchComparison): number => {
  const found = ranks.findIndex((fits) => fits(row));
  return found < 0 ? ranks.length : found;
};

/** Towards worse, so that larger is worse whichever way is better. */
const loss = ({ change, better }: BenchComparison): number => {
  if (change === null) return 0;
  return better === "higher" ? -Math.log1p(change) : Math.log1p(change);
};

const worstFirst = (a: BenchComparison, b: BenchComparison): number => rank(a) - rank(b) || loss(b) - loss(a);

const decisions: Readonly<Record<BenchComparison["decision"], string>> = {
  regression: "regression",
  improvement: "improvement",
  "no-change": "no change",
  inconclusive: "not decided",
  incomparable: "not compared",
  new: "new",
  missing: "missing",
  "no-baseline": "not compared",
};

function decided({ decision, blocks, doubt }: BenchComparison): string {
  if (blocks) return "REGRESSION";
  return doubt === "suspect" ? "suspect" : decisions[decision];
}

const named = ({ benchmark, metric }: BenchComparison): string => `${plainly([{ foreign: benchmark }])} ${plainly([{ foreign: metric }])}`;

const moved = ({ baseline, candidate, unit }: BenchComparison): string =>
  baseline === null || candidate === null ? "" : `${formatQuantity(baseline, unit)} → ${formatQuantity(candidate, unit)}`;

const isLone = ({ decision }: BenchComparison): boolean => decision === "new" || decision === "missing";

const isQuiet = ({ decision, doubt }: BenchComparison): boolean =>
  decision === "no-change" || (decision === "inconclusive" && doubt !== "suspect");

const because = (row: BenchComparison): string => {
  const reason = plainly(row.reason);
  return [saidOf(row), reason].filter((part) => part !== "").join("; ");
};

const lone = (row: BenchComparison): string => {
  const reason = plainly(row.reason);
  const where = row.decision === "new" ? "new: only the head has it" : "missing: only the base has it";
  return `  ${named(row)}: ${where}${reason === "" ? "" : ` (${reason})`}`;
};

/** Lines for a person: what was compared, worst first, then what only one side has. */
export function benchLines(comparisons: readonly BenchComparison[]): readonly string[] {
  const rows = comparisons.filter((row) => !isLone(row)).toSorted(worstFirst);
  const quiet = rows.filter(isQuiet);
  const hidden = quiet.slice(MOST_QUIET);
  const shown = rows.filter((row) => !hidden.includes(row)).map((row) => [decided(row), named(row), moved(row), because(row)]);
  return [
    ...(shown.length > 0 ? table(shown) : []),
    ...(hidden.length > 0 ? [`  and ${hidden.length} more without a regression, in the file`] : []),
    ...comparisons.filter(isLone).map(lone),
  ];
}
