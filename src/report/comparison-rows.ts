import type { Comparison } from "../model/judgement.js";
import { type Text, text } from "../model/text.js";
import { formatChange, formatInterval, formatMagnitude } from "../statistics/change.js";
import { amount } from "./phrases.js";
import type { Section } from "./section.js";
import { sparkline } from "./sparkline.js";

export const isSuspect = (comparison: Comparison): boolean => comparison.decision === "inconclusive" && comparison.doubt === "suspect";

/** Name and metric; a benchmark's time goes without saying. */
export const named = ({ benchmark, metric }: Comparison): Text => (metric === "time" ? text`${benchmark}` : text`${benchmark} ${metric}`);

/** What was measured: baseline → head. */
const sides = ({ baseline, candidate, unit, metric }: Comparison): Text =>
  text`${amount(baseline, unit, metric)} → ${amount(candidate, unit, metric)}`;

/** `+12 % (+8 to +16 %)`: the change, and where it lies with 95 % confidence. */
export function changed({ change, interval, baseline, candidate }: Comparison): Text {
  if (change === null) return baseline === 0 && candidate !== null ? ["from 0"] : ["none"];
  return interval === null ? [formatChange(change)] : [`${formatChange(change)} (${formatInterval(interval)})`];
}

/** Towards worse, as the value would move: a rate that is 25 % worse has dropped to 1 / 1.25. */
function sight({ visible, better }: Comparison): string {
  if (visible === null) return "unknown";
  if (visible === 0) return "any";
  return formatChange(better === "higher" ? 1 / (1 + visible) - 1 : visible);
}

/** The noise from run to run, and the smallest change that can be seen through it. */
const noise = (comparison: Comparison): Text =>
  comparison.noise === null ? [sight(comparison)] : [`${sight(comparison)} (${formatMagnitude(comparison.noise)})`];

const runs = ({ mode, runs: head, baselineRuns, history }: Comparison): Text => {
  if (mode === "B") return [`${head}, history ${history}`];
  return (mode === "A" || mode === "D") && head === baselineRuns ? [`${head} a side`] : [`${head} against ${baselineRuns}`];
};

const trend = ({ trend: values, candidate }: Comparison): Text => [sparkline(candidate === null ? values : [...values, candidate])];

/** What would decide it, or why nothing does, in a few words. */
function needed({ mode, need }: Comparison): Text {
  if (mode === "C") return [": too little to compare with"];
  if (need === null) return [];
  return mode === "A" ? [`, ${need} a side would tell`] : [`, ${need} more ${need === 1 ? "run" : "runs"} would tell`];
}

/** Of the test of mode A. */
const LEVEL = 0.01;

/** What many rows have in common is said in a few words; the figures stand in the columns. */
function undecided(comparison: Comparison): Text {
  const { mode, doubt, need, p } = comparison;
  if (mode === "C" && doubt === "no-evidence") return text`inconclusive${needed(comparison)}`;
  if (mode !== "A") return text`inconclusive: ${comparison.reason}`;
  if (need !== null || p === null) return text`inconclusive${needed(comparison)}`;
  // Beyond noise, and still undecided: the sentence says what else speaks against it.
  return p < LEVEL || p > 1 - LEVEL ? text`inconclusive: ${comparison.reason}` : ["inconclusive: too noisy"];
}

const decision = (comparison: Comparison): Text => {
  switch (comparison.decision) {
    case "regression":
      return comparison.blocks ? ["❌ regression"] : ["⚠️ regression, does not block"];
    case "improvement":
      return ["improvement"];
    case "no-change":
      return ["✅ no change"];
    default:
      return isSuspect(comparison) ? text`⚠️ inconclusive, suspect${needed(comparison)}` : undecided(comparison);
  }
};

/** What a narrow page cuts off at the right is what is needed least. */
const header: readonly Text[] = [
  ["Benchmark"],
  ["Decision"],
  ["Change (95 % interval)"],
  ["Baseline → head"],
  ["Visible from (noise floor)"],
  ["Runs"],
  ["Trend"],
];

/** One line of the table: what changed, how sure that is, and what could have been seen. */
const row = (comparison: Comparison): readonly Text[] => [
  named(comparison),
  decision(comparison),
  changed(comparison),
  sides(comparison),
  noise(comparison),
  runs(comparison),
  trend(comparison),
];

const TREND = header.findIndex((cell) => cell[0] === "Trend");

/** The table of these comparisons; without the column of trends where nobody has one. */
export function tableOf(comparisons: readonly Comparison[]): Pick<Section, "header" | "rows"> {
  const rows = comparisons.map(row);
  if (rows.some((cells) => cells[TREND]?.[0] !== "")) return { header, rows };
  const without = (cells: readonly Text[]) => cells.filter((_, column) => column !== TREND);
  return { header: without(header), rows: rows.map(without) };
}

/** How much worse, on the log scale: halving a throughput is as bad as doubling a time, and leaving 0 is worst of all. */
const worse = ({ change, better, baseline, decision: decided }: Comparison): number => {
  if (change === null) return baseline === 0 && decided === "regression" ? Number.MAX_VALUE : 0;
  return better === "higher" ? -Math.log1p(change) : Math.log1p(change);
};

const urgency = (comparison: Comparison): number => (comparison.blocks ? 0 : comparison.decision === "regression" ? 1 : 2);

export const worstFirst = (one: Comparison, other: Comparison): number => urgency(one) - urgency(other) || worse(other) - worse(one);

export const bestFirst = (one: Comparison, other: Comparison): number => worse(one) - worse(other);
