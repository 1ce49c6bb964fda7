import type { Comparison, ComparisonDecision } from "../model/judgement.js";
import { join, statement, type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { bestFirst, changed, isSuspect, named, tableOf, worstFirst } from "./comparison-rows.js";
import { count, shortSha } from "./phrases.js";
import type { Section } from "./section.js";

/** Improvements are one line: that many of them are named. */
const NAMED = 10;

const isSlower = (comparison: Comparison): boolean => comparison.decision === "regression" || isSuspect(comparison);

/** `redline bench` measures so many rounds of itself. */
const ROUNDS = 8;

type Measured = Pick<Review, "snapshot" | "comparability">;

/** What a reader may run to see for himself. Which file the command writes is his to know. */
function reproduce({ snapshot: { mergeBase }, comparability }: Measured, shown: readonly Comparison[]): Text {
  const needed = Math.max(0, ...shown.map(({ mode, need }) => (mode === "A" ? (need ?? 0) : 0)));
  const rounds = needed > ROUNDS ? ` --max-rounds ${needed}` : "";
  const bench = `redline bench --base ${shortSha(mergeBase.sha)}${rounds} --results FILE --`;
  const commands = new Set(comparability.paired.map((runs) => runs.command));
  const [command] = commands.size === 1 ? commands : [];
  const own = command === undefined ? [`\`${bench} <your benchmark command>\``] : [statement(`${bench} ${command}`)];
  return text`Measure it yourself, both commits in turn: ${own}`;
}

/** Only what changed for the worse, or looks it. */
export function slower({ comparisons, ...measured }: Measured & Pick<Review, "comparisons">): Section {
  const rows = comparisons.filter(isSlower).sort(worstFirst);
  const regressed = rows.some((comparison) => comparison.decision === "regression");
  return {
    title: regressed ? ["Benchmarks that regressed"] : ["Benchmarks that look slower"],
    anchor: "regression",
    ...tableOf(rows),
    closing: reproduce(measured, rows),
    folded: false,
  };
}

const apart: Readonly<Partial<Record<ComparisonDecision, Text>>> = {
  missing: ["missing at this head"],
  incomparable: ["incomparable"],
  "no-baseline": ["no baseline"],
  new: ["new"],
};

const state = ({ alias }: Comparison, shown: Text): Text => (alias === null ? shown : text`${shown}, perhaps renamed`);

/** Listed one by one: a benchmark that disappears must not do so silently. */
export function uncompared(comparisons: readonly Comparison[]): Section {
  const rows = Object.entries(apart).flatMap(([decision, shown]) =>
    comparisons
      .filter((comparison) => comparison.decision === decision)
      .map((comparison) => [text`${comparison.benchmark}`, text`${comparison.metric}`, state(comparison, shown), comparison.reason]),
  );
  const title = text`${count(rows.length, "benchmark figure")} not compared`;
  return { title, anchor: "not-compared", header: [["Benchmark"], ["Metric"], ["State"], ["Why"]], rows, folded: true };
}

export function improved(comparisons: readonly Comparison[]): Section {
  const better = comparisons.filter((comparison) => comparison.decision === "improvement").sort(bestFirst);
  const shown = better.slice(0, NAMED).map((comparison) => text`${named(comparison)} ${changed(comparison)}`);
  const others = better.length > NAMED ? text` and ${better.length - NAMED} more` : [];
  return {
    title: text`${count(better.length, "improvement")}`,
    header: [],
    rows: better.length === 0 ? [] : [[text`${join(shown, ", ")}${others}`]],
    folded: true,
  };
}

export function unchanged(comparisons: readonly Comparison[]): Section {
  const rows = comparisons.filter(
    (comparison) => comparison.decision === "no-change" || (comparison.decision === "inconclusive" && !isSuspect(comparison)),
  );
  return { title: text`${count(rows.length, "comparison")} without a sign of a regression`, ...tableOf(rows), folded: true };
}
