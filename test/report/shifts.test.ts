import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { missRate, type ReportedShift, renderShifts } from "../../src/report/shifts.js";

const shift = (parts: Partial<ReportedShift> = {}): ReportedShift => ({
  benchmark: "test_a",
  metric: "time",
  sha: "b".repeat(40),
  before: "a".repeat(40),
  effect: Math.log(1.2),
  pulls: [12],
  flagged: false,
  ...parts,
});

describe("the report of level shifts", () => {
  it("says how much, from which pull request, and whether its review had noticed", () => {
    const here = [
      shift({ effect: -0.1, benchmark: "test_b" }),
      shift(),
      shift({ benchmark: "test_c", flagged: true, pulls: [12, 13], effect: 0.5 }),
    ];
    const { title, summary } = renderShifts(here, here);
    expect(title).toBe("3 figures changed level at this commit, 2 for the worse");
    expect(summary.split("\n")).toEqual([
      "- `test_c` `time`: 64.87 % worse from here on; #12, #13, whose review had said so",
      "- `test_a` `time`: 20 % worse from here on; #12, whose review had not noticed: the gate missed it",
      "- `test_b` `time`: 10.52 % better from here on; #12",
      "",
      "Later pull requests are compared with the runs from this commit on.",
      "",
      "So far 2 lasting regressions came in with pull requests, and the reviews missed 1 of them.",
    ]);
  });

  it("counts as missed only what a pull request brought", () => {
    expect(missRate([shift({ pulls: [] }), shift({ effect: -1 })])).toEqual([]);
    expect(plain(missRate([shift(), shift({ pulls: [] })]))).toContain(
      "1 lasting regression came in with pull requests, and the reviews missed 1",
    );
    expect(renderShifts([shift({ pulls: [] })], []).summary).toContain("no pull request is known for it");
  });

  it("shows hostile names as code and lists at most fifty", () => {
    const { summary } = renderShifts(
      Array.from({ length: 60 }, () => shift({ benchmark: "@team `x` <img>" })),
      [],
    );
    expect(summary).toContain("… and 10 more");
    expect(summary).not.toMatch(/^- @team/mu);
  });
});
