import { describe, expect, it } from "vitest";
import { comparisonReason, type ReasonFacts } from "../../src/evidence/comparison-reasons.js";
import { plain } from "../../src/model/text.js";
import type { Judgement } from "../../src/statistics/judge.js";

const facts: ReasonFacts = { runs: 3, history: 30, differences: [], blockEffect: 0.1, blocks: false };
const say = (reason: Judgement["reason"], parts: Partial<ReasonFacts & { need: number }> = {}): string =>
  plain(
    comparisonReason(
      {
        decision: "inconclusive",
        reason,
        baseline: 1,
        candidate: 1,
        change: 0,
        effect: 0,
        visible: 0.18,
        ...(parts.need && { need: parts.need }),
      },
      { ...facts, ...parts },
    ),
  );

describe("the reason of a comparison", () => {
  it.each([
    ["all-runs-over", "all 3 runs are over +18.0 %, the most that 30 runs of history explain; below the blocking limit of +10.0 %"],
    ["all-runs-under", "all 3 runs are better than 30 runs of history explain"],
    ["some-runs-over", "the median of 3 runs is over +18.0 %, the most that 30 runs of history explain, but not every run is"],
    ["improvement-unconfirmed", "looks better than 30 runs of history explain; three runs that all do would confirm it"],
    ["quiet", "within the noise of 30 runs of history, which would show +18.0 %"],
    ["noise-floor", "this baseline sees nothing below +18.0 %: 30 runs of history are too noisy"],
  ] as const)("for %s is a sentence with its figures", (reason, sentence) => {
    expect(say(reason)).toBe(sentence);
  });

  it("says that a regression is past the blocking limit", () => {
    expect(say("all-runs-over", { blocks: true })).toContain("past the blocking limit of +10.0 %");
  });

  it("asks for one run more, or for several", () => {
    expect(say("reruns-needed", { need: 1 })).toContain("run it once more on this head");
    expect(say("reruns-needed", { need: 2 })).toContain("run it 2 more times on this head");
  });

  it("says what a single stored value lacks: history, or the same machine", () => {
    expect(say("no-evidence", { history: 4 })).toBe(
      "no evidence either way: 4 of the 10 runs of the default branch that would show the noise",
    );
    expect(say("screened", { differences: ["cpu", "os"] })).toBe(
      "more than +18.0 % worse, worth a closer look: the baseline was measured on another machine (cpu, os), which may screen but never blocks",
    );
  });
});
