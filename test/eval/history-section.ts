import { type GateRow, gate } from "./gate.js";
import type { Histories } from "./histories.js";
import { levelShiftRows, type ShiftRow, sinceShift } from "./level-shifts.js";
import { historyPoints, type ModeBRow, meanDetection20, modeB } from "./mode-b.js";
import { historyPeers, type PeerRow } from "./peers-history.js";
import type { PointSet } from "./points.js";
import { average } from "./rates.js";

/** A Markdown table: numbers to the right, the first column to the left. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}

/** `.004` rather than `0.004`: the tables are read for their digits. */
const digits = (value: number, count: number): string => value.toFixed(count).replace(/^0\./u, ".");
const shares = (values: readonly number[], count = 2): string => values.map((value) => digits(value, count)).join(" ");

const RATES = ["FP/bm", "FI/bm", "PR50", "seen at +3 5 10 20 50 %", "inconclusive"] as const;

const modeBCells = (row: ModeBRow): readonly string[] => [
  digits(row.falseAlarms, 4),
  digits(row.falseImprovements, 4),
  digits(row.pr50, 3),
  shares(row.detection),
  digits(row.inconclusive, 2),
];

const modeBTable = (rows: readonly ModeBRow[]): string =>
  table(
    ["set", "half", "points", ...RATES, "no change said at +5 10 20 50 %", "the same, first look", "asks", "any of 50 asks"],
    rows.map((row) => [
      row.set,
      row.half,
      String(row.points),
      ...modeBCells(row),
      shares(row.saidNoChange, 3),
      shares(row.saidNoChangeFirst, 3),
      digits(row.asks, 3),
      digits(row.asks50, 2),
    ]),
  );

const overall = (rows: readonly ModeBRow[]): PeerRow => ({
  name: "**Redline, 2 reruns**",
  falseAlarms: average(rows.map((row) => row.falseAlarms)),
  pr50: average(rows.map((row) => row.pr50)),
  detection: [0, 1, 2, 3, 4].map((index) => average(rows.map((row) => row.detection[index] ?? 0))),
  reproduced: null,
});

const MARKS = new Map([
  [true, "yes"],
  [false, "**no**"],
]);

const peersTable = (rows: readonly PeerRow[]): string =>
  table(
    ["rule", "FP/bm", "PR50", "seen at +3 5 10 20 50 %", "as published"],
    rows.map((row) => [
      row.name,
      digits(row.falseAlarms, 4),
      digits(row.pr50, 2),
      shares(row.detection),
      row.reproduced === null ? "" : (MARKS.get(row.reproduced) ?? ""),
    ]),
  );

const gateTable = (rows: readonly GateRow[]): string =>
  table(
    ["set", "what the gate judges", "not success", "asks for a rerun"],
    rows.map((row) => [row.set, row.evidence, digits(row.closed, 3), digits(row.asks, 2)]),
  );

const shiftTable = (rows: readonly ShiftRow[]): string =>
  table(
    ["set", "runs after the step", "found where none was put", "found at +3 5 10 20 50 %"],
    rows.map((row) => [row.set, String(row.after), digits(row.falseShifts, 3), shares(row.detection)]),
  );

const OPEN = ["gab", "hyper", "local median"];

/** The sets for which figures of other tools are published, when all are there. */
function openSets(sets: readonly PointSet[]): readonly PointSet[] | null {
  const open = sets.filter(({ name }) => OPEN.includes(name));
  return open.length === OPEN.length ? open : null;
}

export interface HistoryResults {
  readonly tuning: readonly ModeBRow[];
  readonly test: readonly ModeBRow[];
  readonly whole: readonly ModeBRow[];
  /** As a review judges: the history starts anew at the last lasting change of level. */
  readonly reset: readonly ModeBRow[];
  readonly peers: readonly PeerRow[];
  readonly gate: readonly GateRow[];
  readonly shifts: readonly ShiftRow[];
  /** The sets that the comparison with other rules averages over. */
  readonly compared: readonly string[];
}

/** Everything that stored histories can say: seconds of computing for the open ones. */
export function historyResults(histories: Histories): HistoryResults {
  const sets = historyPoints(histories).filter(({ points }) => points.length > 0);
  const compared = openSets(sets) ?? sets;
  const series = [
    ...histories.stored.map((set) => [set.name, set.series] as const),
    ...histories.processes.map((set) => [`${set.name} median`, set.medians] as const),
  ];
  return {
    tuning: modeB(sets, "tuning"),
    test: modeB(sets, "test"),
    whole: modeB(sets, "whole"),
    reset: modeB(sets.map(sinceShift), "whole"),
    peers: historyPeers(compared, openSets(sets) !== null),
    gate: gate(sets.map(sinceShift)),
    shifts: series.flatMap(([name, each]) => levelShiftRows(name, each)),
    compared: compared.map(({ name }) => name),
  };
}

/** Whether every rule of another tool met its published figures; true where none are published for these sets. */
export const allReproduced = ({ peers }: HistoryResults): boolean => peers.every(({ reproduced }) => reproduced !== false);

/** The tables of stored histories, as Markdown; what they mean is said in the text around them. */
export function historyTables(results: HistoryResults): { readonly [part in "modeB" | "peers" | "gate" | "shifts"]: string } {
  const { tuning, test, whole, reset, compared } = results;
  const among = (rows: readonly ModeBRow[]) => rows.filter(({ set }) => compared.includes(set));
  const mean = (rows: readonly ModeBRow[]) => digits(meanDetection20(among(rows)), 3);
  return {
    modeB: `${modeBTable([...tuning, ...test, ...whole, ...reset])}\n\nSeen at +20 %, mean of ${compared.join(", ")}: tuning halves ${mean(tuning)}, test halves ${mean(test)}, whole ${mean(whole)}.`,
    peers: peersTable([...results.peers, overall(among(whole))]),
    gate: gateTable(results.gate),
    shifts: shiftTable(results.shifts),
  };
}
