import { describe, expect, it } from "vitest";
import type { Comparison } from "../../src/model/judgement.js";
import { benchLines, saidOf } from "../../src/report/bench.js";

const row = (changes: Partial<Comparison> = {}): Comparison => ({
  ...{ benchmark: "a", metric: "time", unit: "s", better: "lower", mode: "A", decision: "no-change", baseline: 1, candidate: 1 },
  ...{ change: 0, interval: [-0.01, 0.01], noise: 0.01, visible: 0.02, p: 0.5, need: null, runs: 5, baselineRuns: 5, history: 0 },
  ...{ trend: [], alias: null, blocks: false, reason: ["why"] },
  ...changes,
});

const slower = row({ benchmark: "slow", decision: "regression", blocks: true, candidate: 1.12, change: 0.12, interval: [0.08, 0.16] });

describe("the lines of a comparison in turn", () => {
  it("say the change, its interval, the runs and the noise floor, and never a p value", () => {
    expect(saidOf(slower)).toBe("12 % slower (95 % interval 8–16 %), 5 runs a side, noise floor 1 %");
  });

  it("count both sides where they differ, and give no noise floor where nothing was tested", () => {
    expect(saidOf(row({ ...slower, interval: null, noise: null, runs: 1, baselineRuns: 2 }))).toBe(
      "12 % slower, 2 runs of the base, 1 of the head",
    );
  });

  it("put what blocks first, then what points to a slowdown, then the rest by its loss", () => {
    const suspect = row({ benchmark: "doubt", decision: "inconclusive", doubt: "suspect", change: 0.3 });
    const faster = row({ benchmark: "fast", decision: "improvement", change: -0.3 });
    const rate = row({ benchmark: "rate", unit: "1/s", better: "higher", change: -0.02 });
    const lines = benchLines([row(), faster, rate, suspect, slower], null);
    expect(lines.map((line) => line.trim().split(/ {2,}/u)[1])).toEqual(["slow time", "doubt time", "fast time", "rate time", "a time"]);
  });

  it("list what one side alone has behind the table", () => {
    const lines = benchLines(
      [row({ benchmark: "n", decision: "new", mode: null, change: null, reason: ["the baseline does not have it"] }), slower],
      null,
    );
    expect(lines.at(-1)).toBe("  new: n time; the baseline does not have it");
  });

  it("count the quiet rows of a large suite instead of listing them, and hide no finding", () => {
    const quiet = Array.from({ length: 30 }, (_, index) => row({ benchmark: `q${index}` }));
    const lines = benchLines([...quiet, slower], null);
    expect(lines).toHaveLength(22);
    expect(lines[0]).toContain("REGRESSION  slow time");
    expect(lines.at(-1)).toBe("  and 10 more without a regression, in the file");
  });

  it("announce a shift of the whole suite", () => {
    const lines = benchLines([slower], { change: 0.1, count: 9, announced: true });
    expect(lines.at(-1)).toContain("suite-wide shift: 9 benchmarks moved by +10 % towards worse together");
  });

  it("give a runner no command, whatever a benchmark is called", () => {
    const lines = benchLines([row({ benchmark: "::error::x\n##[error]" })], null);
    expect(lines.join("\n")).not.toContain("##[");
    expect(lines).toHaveLength(1);
  });
});
