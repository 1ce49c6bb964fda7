import type { Comparison, ComparisonDecision } from "../model/judgement.js";
import { join, type Text, text } from "../model/text.js";
import { amount, count, ratio } from "./phrases.js";
import type { Section } from "./section.js";

/** Improvements are one line: that many of them are named. */
const NAMED = 10;

const isSuspect = (comparison: Comparison): boolean => comparison.decision === "inconclusive" && comparison.doubt === "suspect";

const isSlower = (comparison: Comparison): boolean => comparison.decision === "regression" || isSuspect(comparison);

const verdict = (comparison: Comparison): Text => {
  if (comparison.decision === "regression") return comparison.blocks ? ["❌ regression"] : ["⚠️ regression"];
  if (isSuspect(comparison)) return ["⚠️ suspect"];
  return comparison.decision === "no-change" ? ["✅ no change"] : text`undecided: ${comparison.reason}`;
};

/** How much worse, on the log scale: halving a throughput is as bad as doubling a time. */
const worse = ({ change, better }: Comparison): number => {
  if (change === null) return 0;
  return better === "higher" ? -Math.log1p(change) : Math.log1p(change);
};

const urgency = (comparison: Comparison): number => (comparison.blocks ? 0 : comparison.decision === "regression" ? 1 : 2);

const worstFirst = (one: Comparison, other: Comparison): number => urgency(one) - urgency(other) || worse(other) - worse(one);

const header: readonly Text[] = [["Benchmark"], ["Baseline"], ["Head"], ["Change"], ["Visible from"], ["Runs + history"], ["Result"]];

const row = (comparison: Comparison): readonly Text[] => [
  text`${comparison.benchmark} ${comparison.metric}`,
  amount(comparison.baseline, comparison.unit, comparison.metric),
  amount(comparison.candidate, comparison.unit, comparison.metric),
  ratio(comparison.change),
  comparison.visible === null ? ["unknown"] : ratio(comparison.better === "higher" ? -Math.abs(comparison.visible) : comparison.visible),
  text`${comparison.runs} + ${comparison.history}`,
  verdict(comparison),
];

export function slower(comparisons: readonly Comparison[]): Section {
  const rows = comparisons.filter(isSlower).sort(worstFirst);
  const regressed = rows.some((comparison) => comparison.decision === "regression");
  return {
    title: regressed ? ["Benchmarks that regressed"] : ["Benchmarks that look slower"],
    anchor: "regression",
    header,
    rows: rows.map(row),
    folded: false,
  };
}

const apart: Readonly<Partial<Record<ComparisonDecision, Text>>> = {
  missing: ["missing at this head"],
  incomparable: ["incomparable"],
  "no-baseline": ["no baseline"],
  new: ["new"],
};

/** Listed one by one: a benchmark that disappears must not do so silently. */
export function uncompared(comparisons: readonly Comparison[]): Section {
  const rows = Object.entries(apart).flatMap(([decision, shown]) =>
    comparisons
      .filter((comparison) => comparison.decision === decision)
      .map((comparison) => [text`${comparison.benchmark}`, text`${comparison.metric}`, shown, comparison.reason]),
  );
  const title = text`${count(rows.length, "benchmark figure")} not compared`;
  return { title, anchor: "not-compared", header: [["Benchmark"], ["Metric"], ["State"], ["Why"]], rows, folded: true };
}

export function improved(comparisons: readonly Comparison[]): Section {
  const better = comparisons.filter((comparison) => comparison.decision === "improvement").sort((one, other) => worse(one) - worse(other));
  const named = better.slice(0, NAMED).map((comparison) => text`${comparison.benchmark} ${comparison.metric} ${ratio(comparison.change)}`);
  const others = better.length > NAMED ? text` and ${better.length - NAMED} more` : [];
  return {
    title: text`${count(better.length, "improvement")}`,
    header: [],
    rows: better.length === 0 ? [] : [[text`${join(named, ", ")}${others}`]],
    folded: true,
  };
}

export function unchanged(comparisons: readonly Comparison[]): Section {
  const rows = comparisons.filter(
    (comparison) => comparison.decision === "no-change" || (comparison.decision === "inconclusive" && !isSuspect(comparison)),
  );
  return { title: text`${count(rows.length, "comparison")} without a regression`, header, rows: rows.map(row), folded: true };
}
