import type { Comparison, ComparisonDecision, PairedRuns, SuiteShift } from "../model/judgement.js";
import { join, type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { formatMagnitude } from "../statistics/change.js";
import { count, shortSha } from "./phrases.js";

/** Files that are named before the rest is counted. */
const NAMED = 3;

const nouns: readonly (readonly [ComparisonDecision, string, string])[] = [
  ["regression", "regression", "regressions"],
  ["improvement", "improvement", "improvements"],
  ["no-change", "without a change", "without a change"],
  ["inconclusive", "inconclusive", "inconclusive"],
  ["incomparable", "incomparable", "incomparable"],
  ["no-baseline", "without a baseline", "without a baseline"],
  ["new", "new", "new"],
  ["missing", "missing", "missing"],
];

/** What measuring more would bring: of no use where the noise is too wide. */
function outlook(comparisons: readonly Comparison[]): Text {
  const decidable = comparisons.filter(({ decision, mode, need }) => decision === "inconclusive" && mode === "A" && need !== null);
  if (decidable.length === 0) return [];
  const most = Math.max(...decidable.map(({ need }) => need ?? 0));
  return text`; ${most} processes a side would decide ${decidable.length} of the inconclusive: ${[`\`redline bench --max-rounds ${most}\``]}`;
}

/** All figures by decision, in one line. */
export function tally(comparisons: readonly Comparison[]): readonly Text[] {
  if (comparisons.length === 0) return [];
  const parts = nouns.flatMap(([decision, one, many]) => {
    const n = comparisons.filter((comparison) => comparison.decision === decision).length;
    return n === 0 ? [] : [[`${n} ${n === 1 ? one : many}`]];
  });
  return [text`Benchmarks: ${join(parts, ", ")}${outlook(comparisons)}.`];
}

const relation = ({ distance }: PairedRuns): Text => {
  if (distance === null) return text`neither the merge base nor a known ancestor of it, so nothing measured with it blocks`;
  return distance === 0 ? text`the merge base` : text`${count(distance, "commit")} before the merge base`;
};

/** What was measured in turn, with which base, from which files. */
export function pairedWith({ base, files, figures, ...runs }: PairedRuns): Text {
  const named = join(
    files.slice(0, NAMED).map((file) => text`${file}`),
    ", ",
  );
  const others = files.length > NAMED ? text` and ${files.length - NAMED} more` : [];
  return text`Measured in turn on one machine (mode A): ${shortSha(base)} (${relation({ base, files, figures, ...runs })}) and this head; ${count(figures, "figure")} from ${named}${others}.`;
}

const towards = (change: number): Text => text`${[formatMagnitude(change)]} ${change > 0 ? ["worse"] : ["better"]}`;

/** Said, and never divided out: a correction hides the change that slows everything. */
export const shiftNote = (shift: SuiteShift | null): readonly Text[] =>
  shift?.announced
    ? [
        text`⚠️ Suite-wide shift: ${shift.count} benchmarks together are ${towards(shift.change)} (geometric mean), nearly all in the same direction. That is the machine, or a change that touches everything; no figure is corrected for it.`,
      ]
    : [];

/** An upload from another machine is a screen and no gate. */
export const machineNote = ({ comparability }: Pick<Review, "comparability">): readonly Text[] =>
  comparability.machine.length === 0
    ? []
    : [
        text`⚠️ The baseline was measured on another machine (${join(
          comparability.machine.map((name) => [name]),
          ", ",
        )} differ): compared with it, nothing blocks. Measured in turn on one machine it would: \`redline bench\`.`,
      ];
