import type { GateRow } from "./gate.js";
import type { ShiftRow } from "./level-shifts.js";
import type { ModeARow } from "./mode-a.js";
import type { ModeBRow } from "./mode-b.js";
import type { PeerRow } from "./peers-history.js";
import type { SamplePeerRow } from "./peers-samples.js";

/** A share as in every table here: .023, or .0007 where three digits would hide it. */
export const rate = (value: number): string => {
  const digits = value > 0 && value < 0.001 ? 4 : 3;
  return value.toFixed(digits).replace(/^0(?=\.)/u, "");
};

const rates = (values: readonly number[]): string => values.map(rate).join(" ");

/** A table of Markdown; cells hold our own words and figures only. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

export const modeATable = (rows: readonly ModeARow[]): string =>
  table(
    [
      "rule",
      "comparisons",
      "FP",
      "FI",
      "PR50",
      "seen at +3 +5 +10 +20 +50 %",
      "inconclusive",
      "suspects",
      "no change of +5 +10 +20 +50 %",
      "processes",
    ],
    rows.map((row) => [
      row.rule,
      String(row.comparisons),
      rate(row.falseAlarms),
      rate(row.falseImprovements),
      rate(row.pr50),
      rates(row.detection),
      rate(row.inconclusive),
      rate(row.suspects),
      rates(row.saidNoChange),
      row.processes.toFixed(2),
    ]),
  );

export const samplePeerTable = (rows: readonly SamplePeerRow[]): string =>
  table(
    ["rule", "processes", "FP", "PR50", "seen at +3 +5 +10 +20 +50 %", "as published"],
    rows.map(({ name, processes, falseAlarms, pr50, detection, missed }) => [
      name,
      String(processes),
      rate(falseAlarms),
      rate(pr50),
      rates(detection),
      missed === null ? "other data" : missed.length === 0 ? "yes" : `**no**: ${missed.join(", ")}`,
    ]),
  );

export const modeBTable = (rows: readonly ModeBRow[]): string =>
  table(
    [
      "set",
      "half",
      "points",
      "FP",
      "FI",
      "PR50",
      "seen at +3 +5 +10 +20 +50 %",
      "inconclusive",
      "no change of +5 +10 +20 +50 %",
      "the same, first look",
      "asks for a rerun",
      "any of 50 asks",
    ],
    rows.map((row) => [
      row.set,
      row.half,
      String(row.points),
      rate(row.falseAlarms),
      rate(row.falseImprovements),
      rate(row.pr50),
      rates(row.detection),
      rate(row.inconclusive),
      rates(row.saidNoChange),
      rates(row.saidNoChangeFirst),
      rate(row.asks),
      rate(row.asks50),
    ]),
  );

const published = ({ reproduced }: PeerRow): string => (reproduced === null ? "other data" : reproduced ? "yes" : "**no**");

/** @param ours our judge on the same points, which nobody else published. */
export const historyPeerTable = (rows: readonly PeerRow[], ours: Omit<PeerRow, "reproduced">): string =>
  table(
    ["rule", "FP", "PR50", "seen at +3 +5 +10 +20 +50 %", "as published"],
    [...rows.map((row) => ({ ...row, note: published(row) })), { ...ours, note: "" }].map(
      ({ name, falseAlarms, pr50, detection, note }) => [name, rate(falseAlarms), rate(pr50), rates(detection), note],
    ),
  );

export const gateTable = (rows: readonly GateRow[]): string =>
  table(
    ["set", "evidence", "not `success` in the end", "asks for a rerun first"],
    rows.map(({ set, evidence, closed, asks }) => [set, evidence, rate(closed), rate(asks)]),
  );

export const shiftTable = (rows: readonly ShiftRow[]): string =>
  table(
    ["set", "runs after the step", "found where nothing is", "found at +3 +5 +10 +20 +50 %"],
    rows.map(({ set, after, falseShifts, detection }) => [set, String(after), rate(falseShifts), rates(detection)]),
  );
