import { gate, pairedGate } from "./gate.js";
import type { Histories } from "./histories.js";
import { levelShiftRows } from "./level-shifts.js";
import { modeA, plannedAnswers } from "./mode-a.js";
import { historyPoints, meanDetection20, modeB } from "./mode-b.js";
import { historyPeers } from "./peers-history.js";
import { samplePeers } from "./peers-samples.js";
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

const historyPeerSection = (sets: ReturnType<typeof historyPoints>, open: boolean): string =>
  `### Other rules, mean over ${sets.map(({ name }) => name).join(", ")}\n\n${historyPeerTable(historyPeers(sets, open))}`;

/** Mean over the sets as a tool stores them, of the half on which nothing was tuned. */
function seenOnTestHalves(sets: ReturnType<typeof historyPoints>): string {
  const rows = modeB(sets, "test");
  return `Mean of what is seen at +20 % on the test halves of ${rows.map(({ set }) => set).join(", ")}: ${rate(meanDetection20(rows))}.`;
}

function stored(histories: Histories, quick: boolean): string {
  const sets = historyPoints(histories);
  const peered = sets.filter(({ name }) => !name.endsWith(" min"));
  const open = peered.length === OPEN.length && OPEN.every((name) => peered.some((set) => set.name.split(" ")[0] === name));
  const ours = (quick ? (["whole"] as const) : (["tuning", "test", "whole"] as const)).flatMap((half) => modeB(sets, half));
  const gates = [...gate(sets), ...histories.processes.map((set) => pairedGate(set.name, plannedAnswers(set)))];
  const shifts = [
    ...histories.stored.flatMap((set) => levelShiftRows(set.name, set.series)),
    ...histories.processes.flatMap((set) => levelShiftRows(`${set.name} median`, set.medians)),
  ];
  return [
    "## One value a run and a stored history (mode B)\n\nThree runs of the head; the reruns are the next two runs of the series.",
    modeBTable(ours),
    ...(quick ? [] : [seenOnTestHalves(peered), historyPeerSection(peered, open)]),
    "## Unchanged pull requests at the gate",
    gateTable(gates),
    "## Steps found after the fact\n\nA step put into windows of 50 runs.",
    shiftTable(shifts),
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
