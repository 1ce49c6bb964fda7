import { describe, expect, it } from "vitest";
import { comparisonReason, type ReasonFacts } from "../../src/evidence/comparison-reasons.js";
import { plain } from "../../src/model/text.js";
import type { Judgement } from "../../src/statistics/judge.js";

const facts: ReasonFacts = { runs: 3, history: 30, differences: [], blockEffect: 0.1, blocks: false };
const say = (reason: Judgement["reason"], parts: Partial<ReasonFacts & Pick<Judgement, "need" | "decision">> = {}): string =>
  plain(
    comparisonReason(
      {
        decision: parts.decision ?? "inconclusive",
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
    ["all-runs-over", "all 3 runs are over +18.0 %, the most that 30 runs of history explain; below the blocking limit of 10 %"],
    ["all-runs-under", "all 3 runs are better than 30 runs of history explain"],
    ["some-runs-over", "the median of 3 runs is over +18.0 %, the most that 30 runs of history explain, but not every run is"],
    ["improvement-unconfirmed", "looks better than 30 runs of history explain; three runs that all do would confirm it"],
    ["quiet", "within the noise of 30 runs of history, which would show +18.0 %"],
    ["noise-floor", "this baseline sees nothing below +18.0 %: 30 runs of history are too noisy"],
  ] as const)("for %s is a sentence with its figures", (reason, sentence) => {
    expect(say(reason)).toBe(sentence);
  });

  it("says that a regression is past the blocking limit", () => {
    expect(say("all-runs-over", { blocks: true })).toContain("past the blocking limit of 10 %");
  });

  it("asks for one run more, or for several", () => {
    expect(say("reruns-needed", { need: 1 })).toContain("run it once more on this head");
    expect(say("reruns-needed", { need: 2 })).toContain("run it 2 more times on this head");
  });

  it.each([
    ["beyond-noise", { blocks: true, decision: "regression" }, "beyond noise; past the blocking limit of 10 %"],
    ["beyond-noise", { decision: "regression" }, "beyond noise; below the blocking limit of 10 %"],
    ["beyond-noise", { decision: "improvement" }, "beyond noise"],
    [
      "beyond-noise",
      { decision: "regression", byChance: true },
      "beyond noise; past 10 %, but among so many benchmarks one may look like that by chance, so it does not block",
    ],
    ["equal", {}, "no difference that matters, as far as 3 processes a side can tell"],
    ["more-processes", { need: 8 }, "not decided yet: 8 processes a side would tell"],
    ["too-noisy", {}, "too noisy: nothing below 18 % can be seen"],
    ["too-few-processes", { need: 3 }, "fewer than 3 processes a side decide nothing"],
    ["exact", { decision: "regression", blocks: true }, "an exact count; past the blocking limit of 10 %"],
    ["exact", { decision: "no-change" }, "an exact count"],
    ["counter-varies", {}, "this count is not the same in every run of the same code, so it proves nothing"],
  ] as const)("for %s with %o speaks of processes and counts", (reason, parts, sentence) => {
    expect(say(reason, parts)).toBe(sentence);
  });

  it("names the base that was measured in turn, where it is not the merge base", () => {
    const sha = "abcdef0123456789";
    expect(say("equal", { against: { sha, distance: 0 } })).not.toContain("measured against");
    expect(say("equal", { against: { sha, distance: 1 } })).toContain("measured against abcdef0, 1 commit before the merge base");
    expect(say("beyond-noise", { decision: "regression", against: { sha, distance: null } })).toBe(
      "beyond noise; measured against abcdef0, which is not the merge base nor a known ancestor of it, so it never blocks",
    );
  });

  it("says of a count from another machine that it does not block", () => {
    expect(say("exact", { decision: "regression", differences: ["arch"] })).toContain(
      "another machine (arch), which may screen but never blocks",
    );
  });

  it("says what a single stored value lacks: history, or the same machine", () => {
    expect(say("no-evidence", { history: 4 })).toBe(
      "no evidence either way: the default branch has 4 of the 10 runs that it takes to know the noise",
    );
    expect(say("screened", { differences: ["cpu", "os"] })).toBe(
      "more than +18.0 % worse, worth a closer look: the baseline was measured on another machine (cpu, os), which may screen but never blocks",
    );
  });
});
