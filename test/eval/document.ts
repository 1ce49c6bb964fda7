import { gate, pairedGate } from "./gate.js";
import type { Histories } from "./histories.js";
import { GATE, LIMITS as HISTORY_LIMITS, METHOD, PEERS, SHIFTS } from "./history-text.js";
import { levelShiftRows, sinceShift } from "./level-shifts.js";
import { modeA, plannedAnswers } from "./mode-a.js";
import { historyPoints, type ModeBRow, meanOf, modeB } from "./mode-b.js";
import { historyPeers } from "./peers-history.js";
import { samplePeers } from "./peers-samples.js";
import type { PointSet } from "./points.js";
import type { ProcessSet } from "./process-history.js";
import { gateTable, historyPeerTable, modeATable, modeBTable, rate, samplePeerTable, shiftTable } from "./tables.js";

/** Where and how the figures were made. */
export interface Circumstances {
  readonly date: string;
  readonly command: string;
  /** Our own judges only, on the whole sets. */
  readonly quick: boolean;
  readonly seconds: () => number;
}

/** The sets for which figures of other rules are published. */
const OPEN = ["gab", "hyper", "local"];

const runsOf = ({ benchmarks }: ProcessSet): number => Math.min(...benchmarks.map(({ rounds }) => rounds.length));
const isOpenLocal = (set: ProcessSet): boolean => set.name === "local" && runsOf(set) === 150 && set.benchmarks.length === 20;

function paired(set: ProcessSet, quick: boolean): string {
  const runs = runsOf(set);
  const middle = Math.floor(runs / 2);
  const spans = [
    { title: `tuning half, runs 1 to ${middle}`, first: 1, last: middle },
    { title: `test half, runs ${middle + 1} to ${runs}`, first: middle + 1, last: runs },
    { title: "whole", first: 1, last: runs },
  ];
  const ours = (quick ? spans.slice(-1) : spans).map((span) => `### ${set.name}: ${span.title}\n\n${modeATable(modeA(set, span))}`);
  if (quick) return ours.join("\n\n");
  const peers = `### ${set.name}: other rules on the whole\n\n${samplePeerTable(samplePeers(set, isOpenLocal(set)))}`;
  return [...ours, peers].join("\n\n");
}

/** What an issue or a reader asks first: the mean over the sets that other rules are compared on. */
function seenAt20(rows: readonly ModeBRow[], halves: readonly ModeBRow["half"][]): string {
  const means = halves.map((half) =>
    meanOf(
      half,
      rows.filter((row) => row.half === half),
    ),
  );
  return `Seen at +20 %, mean of ${setsOf(rows)}: ${means.map(({ name, detection }) => `${name} ${rate(detection[3] ?? 0)}`).join(", ")}.`;
}

const setsOf = (rows: readonly { readonly set: string }[]): string => [...new Set(rows.map(({ set }) => set))].join(", ");

/** Rules of other tools and ours, on the sets as tools store them. */
function besideOthers(sets: readonly PointSet[], ours: readonly ModeBRow[]): string {
  const open = sets.length === OPEN.length && OPEN.every((name) => sets.some((set) => set.name.split(" ")[0] === name));
  const mean = meanOf("**Redline, 2 reruns (all)**", ours);
  return `${PEERS}\n\nMeans over ${setsOf(ours)}, each with equal weight.\n\n${historyPeerTable(historyPeers(sets, open), mean)}`;
}

function stored(histories: Histories, quick: boolean): string {
  const sets = historyPoints(histories).filter(({ points }) => points.length > 0);
  const reviewed = sets.map(sinceShift);
  const peered = sets.filter(({ name }) => !name.endsWith(" min"));
  const halves = quick ? (["whole"] as const) : (["tuning", "test", "whole"] as const);
  const rows = halves.flatMap((half) => modeB(sets, half));
  const compared = rows.filter((row) => peered.some(({ name }) => name === row.set));
  const whole = compared.filter(({ half }) => half === "whole");
  const gates = [...gate(reviewed), ...histories.processes.map((set) => pairedGate(set.name, plannedAnswers(set)))];
  const shifts = [
    ...histories.stored.flatMap((set) => levelShiftRows(set.name, set.series)),
    ...histories.processes.flatMap((set) => levelShiftRows(`${set.name} median`, set.medians)),
  ];
  return [
    METHOD,
    modeBTable([...rows, ...modeB(reviewed, "whole")]),
    seenAt20(compared, halves),
    ...(quick ? [] : [besideOthers(peered, whole)]),
    `${GATE}\n\n${gateTable(gates)}`,
    `${SHIFTS}\n\n${shiftTable(shifts)}`,
    HISTORY_LIMITS,
  ].join("\n\n");
}

const INTRODUCTION = `What Redline's judges get right and wrong, beside re-implementations of the rules of other tools, on the same data in
one run. Made by \`npm run eval\`; do not edit.

- **FP**, **FI**: share of benchmarks called a regression, or an improvement, though nothing changed.
- **PR50**: probability that an unchanged pull request of 50 benchmarks has at least one false regression. Whole runs are
  drawn, so that what goes wrong together stays together; seeded.
- **seen at**: share called a regression when a slowdown of that size is put into the real values of the head.
- **no change of**: share where "no change" was said of a real slowdown: the dangerous error.
- **as published**: whether the re-implementation meets the figures known for this rule within .01 (FP) and .02 (seen).`;

const PAIRED = `## Base and head measured in turn (mode A)

Runs s, s+2, … are the base, s+1, s+3, … the head, for every ⌊k/2⌋-th s (at least every one); k is the number of processes
a side. The plan starts with three and goes on only while the answer is "inconclusive". Constants were chosen on the
tuning half and frozen in a commit before the test half was judged. Blocks overlap: the figures of one set hang together.`;

const LIMITS = `## What this does not show

- FP of .000 is none of so many overlapping comparisons: the true rate may still be .002 for a benchmark.
- A benchmark with two states that each last for a process can be in one of them for all three processes of the base and
  in the other for those of the head. With k = 3 nothing tells that from a slowdown; it happens in 1 of 64 such cases.
- The local set is one file of benchmarks on one busy machine, and stands for neither a quiet nor a hosted one.
- A slowdown of 10 % is near the default blocking limit of 10 %: about half of those block.`;

/** The page docs/judgement.md. */
export function judgement(histories: Histories, circumstances: Circumstances): string {
  const sets = [
    ...histories.stored.map(({ name, series }) => `${name} (${series.length} series, one value a run)`),
    ...histories.processes.map((set) => `${set.name} (${set.benchmarks.length} benchmarks, ${runsOf(set)} processes)`),
  ];
  const refused = histories.refused.map(({ file, reason }) => `Not read: ${file}, ${reason}.`);
  const body = [
    PAIRED,
    ...histories.processes.map((set) => paired(set, circumstances.quick)),
    stored(histories, circumstances.quick),
    LIMITS,
  ];
  const facts = `Made on ${circumstances.date} in ${circumstances.seconds().toFixed(0)} s by \`${circumstances.command}\` from ${sets.join("; ")}.`;
  return `${["# How well it judges", INTRODUCTION, facts, ...refused, ...body].join("\n\n")}\n`;
}
