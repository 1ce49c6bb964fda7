import { expect, test } from "vitest";
import { plain } from "../../src/model/text.js";
import { machineNote, pairedWith, shiftNote, tally } from "../../src/report/tally.js";
import { comparison } from "../rules/judged.js";

const said = (sentences: ReturnType<typeof tally>) => sentences.map(plain);

test("all figures are counted by decision, the worst first", () => {
  const all = [comparison(), comparison({ decision: "regression" }), comparison({ decision: "new" }), comparison()];
  expect(said(tally(all))).toEqual(["Benchmarks: 1 regression, 2 without a change, 1 new."]);
  expect(tally([])).toEqual([]);
});

test("says what more processes would decide, and not that they help where they would not", () => {
  const undecided = (need: number | null) => comparison({ decision: "inconclusive", mode: "A", need });
  expect(said(tally([undecided(8), undecided(5), undecided(null)]))).toEqual([
    "Benchmarks: 3 inconclusive; 8 processes a side would decide 2 of the inconclusive: `redline bench --max-rounds 8`.",
  ]);
  expect(said(tally([undecided(null)]))).toEqual(["Benchmarks: 1 inconclusive."]);
});

test("names the base that was measured in turn, its place and its files", () => {
  const runs = { base: "c0ffee00c0ffee00", distance: 0, files: ["a.json"], figures: 1 };
  expect(plain(pairedWith(runs))).toBe(
    "Measured in turn on one machine (mode A): c0ffee0 (the merge base) and this head; 1 figure from a.json.",
  );
  expect(plain(pairedWith({ ...runs, distance: 2, files: ["a", "b", "c", "d"], figures: 9 }))).toBe(
    "Measured in turn on one machine (mode A): c0ffee0 (2 commits before the merge base) and this head; 9 figures from a, b, c and 1 more.",
  );
  expect(plain(pairedWith({ ...runs, distance: null }))).toContain(
    "neither the merge base nor a known ancestor of it, so nothing measured with it blocks",
  );
});

test("announces a suite-wide shift, and says that nothing is corrected", () => {
  expect(said(shiftNote({ change: 0.09, count: 18, announced: true }))[0]).toContain(
    "18 benchmarks together are 9 % worse (geometric mean)",
  );
  expect(said(shiftNote({ change: -0.09, count: 18, announced: true }))[0]).toContain("9 % better");
  expect(shiftNote({ change: 0.01, count: 18, announced: false })).toEqual([]);
  expect(shiftNote(null)).toEqual([]);
});

test("says that another machine screens and blocks nothing", () => {
  const comparability = { paired: [], machine: ["cpu", "os"], shift: null };
  expect(said(machineNote({ comparability }))[0]).toContain("another machine (cpu, os differ): compared with it, nothing blocks");
  expect(machineNote({ comparability: { ...comparability, machine: [] } })).toEqual([]);
});
