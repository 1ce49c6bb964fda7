import { describe, expect, it } from "vitest";
import { pairedEvidence, pairedKey } from "../../src/evidence/paired.js";
import type { Environment, PairedSeries } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { results } from "./facts.js";

const commits = { mergeBase: "m0", ancestors: ["m0", "m1", "m2"] };
const series = (base: readonly number[], head: readonly number[], parts: Partial<PairedSeries> = {}): PairedSeries => ({
  benchmark: "sort",
  metric: "time",
  unit: "s",
  better: "lower",
  base: base.map((value) => [value]),
  head: head.map((value) => [value]),
  ...parts,
});
const bundle = (base: string, all: readonly PairedSeries[], environment?: Environment) => ({
  paired: { base, head: "h", series: all },
  ...(environment && { environment }),
});
const evidence = (...given: readonly ReturnType<typeof bundle>[]) => pairedEvidence(results(...given), commits);

describe("evidence of interleaved runs", () => {
  it("has none where no file has any", () => {
    expect(pairedEvidence(results([]), commits)).toEqual({ sides: [], runs: [], problems: [] });
  });

  it("names the command where all files that count were made by the same one", () => {
    const made = (command?: string) => ({ paired: { ...bundle("m0", [series([1], [2])]).paired, ...(command && { command }) } });
    const named = (...files: readonly ReturnType<typeof made>[]) => pairedEvidence(results(...files), commits).runs[0]?.command;
    expect(named(made("make bench"), made("make bench"))).toBe("make bench");
    expect(named(made("make bench"), made("npm test"))).toBeUndefined();
    expect(named(made("make bench"), made())).toBeUndefined();
  });

  it("joins the processes of the same commits on the same machine, oldest file first", () => {
    const { sides, runs, problems } = evidence(
      bundle("m0", [series([1, 2], [3, 4])], { cpu: "A" }),
      bundle("m0", [series([5], [6])], { cpu: "A", cores: 4 }),
    );
    expect(sides).toMatchObject([{ base: [[1], [2], [5]], head: [[3], [4], [6]], sha: "m0", distance: 0 }]);
    expect(runs).toEqual([{ base: "m0", distance: 0, files: ["run-1.json", "run-2.json"], figures: 1 }]);
    expect(problems).toEqual([]);
  });

  it("takes the newest file of another machine alone, and says so once a file", () => {
    const both = [series([1], [2]), series([1], [2], { benchmark: "parse" })];
    const { sides, problems } = evidence(bundle("m0", both, { cpu: "A" }), bundle("m0", both, { cpu: "B" }));
    expect(sides.map(({ base }) => base)).toEqual([[[1]], [[1]]]);
    expect(problems.map(({ level, code, file, message }) => [level, code, file, plain(message)])).toEqual([
      ["warning", "other-machine", "run-1.json", expect.stringContaining("another machine (cpu)")],
    ]);
  });

  it("still uses what only the older file holds", () => {
    const { sides } = evidence(
      bundle("m0", [series([1], [2], { benchmark: "parse" })], { cpu: "A" }),
      bundle("m0", [series([3], [4])], { cpu: "B" }),
    );
    expect(sides.map(({ first }) => first.benchmark)).toEqual(["parse", "sort"]);
  });

  it("prefers the merge base to a newer file against an ancestor, and an ancestor to a stranger", () => {
    expect(evidence(bundle("m0", [series([1], [2])]), bundle("m2", [series([3], [4])])).sides).toMatchObject([{ sha: "m0" }]);
    const { sides, problems } = evidence(bundle("zzz", [series([1], [2])]), bundle("m2", [series([3], [4])]));
    expect(sides).toMatchObject([{ sha: "m2", distance: 2 }]);
    expect(plain(problems[0]!.message)).toContain("measured against zzz: not used");
  });

  it("calls a base that is no known ancestor what it is", () => {
    expect(evidence(bundle("zzz", [series([1], [2])])).runs).toMatchObject([{ base: "zzz", distance: null }]);
  });

  it("does not mix units", () => {
    const { sides, problems } = evidence(bundle("m0", [series([1], [2])]), bundle("m0", [series([3], [4], { unit: "B" })]));
    expect(sides).toMatchObject([{ base: [[3]] }]);
    expect(problems).toMatchObject([{ code: "other-unit" }]);
  });

  it("notices a name that stands twice in one file", () => {
    expect(evidence(bundle("m0", [series([1], [2]), series([3], [4])])).sides).toMatchObject([{ duplicateIn: "run-1.json" }]);
  });

  it("leaves out a file that proves nothing", () => {
    const nothing = { ...bundle("m0", [series([1], [2])]), noData: ["nothing ran"] };
    expect(evidence(nothing).sides).toEqual([]);
  });

  it("tells metrics of one benchmark apart", () => {
    expect(pairedKey(series([], [], { metric: "memory" }))).not.toBe(pairedKey(series([], [])));
  });
});
