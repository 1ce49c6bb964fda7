import type { Comparison, SuiteShift } from "../model/judgement.js";
import { formatChange, formatMagnitude, sayEffect } from "../statistics/change.js";
import { formatQuantity } from "../statistics/quantity.js";
import { plainly } from "./plain.js";
import { harmless, table } from "./terminal-layout.js";

/** Rows without a finding that are listed one by one; of a suite of hundreds the rest is a number. */
const MOST_QUIET = 20;

/** `12 % slower (95 % interval 8–16 %), 5 runs a side, noise floor 2 %`. */
export function saidOf(row: Comparison): string {
  const { change, noise, runs, baselineRuns } = row;
  if (change === null) return "";
  const sides = runs === baselineRuns ? `${runs} runs a side` : `${baselineRuns} runs of the base, ${runs} of the head`;
  const floor = noise === null ? "" : `, noise floor ${formatMagnitude(noise)}`;
  return `${sayEffect({ ...row, change })}, ${sides}${floor}`;
}

/** How much a row matters; the first matters most. */
const ranks: readonly ((row: Comparison) => boolean)[] = [
  ({ blocks }) => blocks,
  ({ decision }) => decision === "regression",
  ({ doubt }) => doubt === "suspect",
  ({ decision }) => decision === "incomparable",
  ({ decision }) => decision === "inconclusive",
  ({ decision }) => decision === "improvement",
];

const rank = (row: Comparison): number => {
  const found = ranks.findIndex((fits) => fits(row));
  return found < 0 ? ranks.length : found;
};

/** Towards worse, so that larger is worse whichever way is better. */
const loss = ({ change, better }: Comparison): number => {
  if (change === null) return 0;
  return better === "higher" ? -Math.log1p(change) : Math.log1p(change);
};

const worstFirst = (a: Comparison, b: Comparison): number => rank(a) - rank(b) || loss(b) - loss(a);

const decisions: Readonly<Record<Comparison["decision"], string>> = {
  regression: "regression",
  improvement: "improvement",
  "no-change": "no change",
  inconclusive: "not decided",
  incomparable: "not compared",
  new: "new",
  missing: "missing",
  "no-baseline": "not compared",
};

function decided({ decision, blocks, doubt }: Comparison): string {
  if (blocks) return "REGRESSION";
  return doubt === "suspect" ? "suspect" : decisions[decision];
}

const named = ({ benchmark, metric }: Comparison): string => `${plainly([{ foreign: benchmark }])} ${plainly([{ foreign: metric }])}`;

const moved = ({ baseline, candidate, unit }: Comparison): string =>
  baseline === null || candidate === null ? "" : `${formatQuantity(baseline, unit)} → ${formatQuantity(candidate, unit)}`;

const isLone = ({ decision }: Comparison): boolean => decision === "new" || decision === "missing";

const isQuiet = ({ decision, doubt }: Comparison): boolean =>
  decision === "no-change" || (decision === "inconclusive" && doubt !== "suspect");

const because = (row: Comparison): string => {
  const reason = plainly(row.reason);
  return [saidOf(row), reason].filter((part) => part !== "").join("; ");
};

const lone = (row: Comparison): string => `  ${row.decision}: ${named(row)}; ${plainly(row.reason)}`;

const shifted = ({ change, count }: SuiteShift): string =>
  `  suite-wide shift: ${count} benchmarks moved by ${formatChange(change)} towards worse together; the machine, or a change that touches everything`;

/** Lines for a person: what was compared, worst first, then what only one side has. */
export function benchLines(comparisons: readonly Comparison[], shift: SuiteShift | null): readonly string[] {
  const rows = comparisons.filter((row) => !isLone(row)).toSorted(worstFirst);
  const quiet = rows.filter(isQuiet);
  const hidden = quiet.slice(MOST_QUIET);
  const shown = rows.filter((row) => !hidden.includes(row)).map((row) => [decided(row), named(row), moved(row), because(row)]);
  return [
    ...(shown.length > 0 ? table(shown) : []),
    ...(hidden.length > 0 ? [`  and ${hidden.length} more without a regression, in the file`] : []),
    ...comparisons.filter(isLone).map(lone),
    ...(shift?.announced ? [shifted(shift)] : []),
  ].map(harmless);
}
