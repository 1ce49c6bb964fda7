import { describe, expect, it } from "vitest";
import { plain, text } from "../../src/model/text.js";
import type { ChecklistLine, Outcome } from "../../src/model/verdict.js";
import { unanswered } from "../../src/review/required.js";
import { finding } from "./facts.js";

const said = (outcome: Outcome, parts: Partial<ChecklistLine> = { required: true }): readonly string[] =>
  unanswered([{ item: "resources/timeouts", text: "Timeouts are configured", gate: false, outcome, ...parts }]).map(plain);

const ticked = { status: "attested", by: "mona", at: "", sha: "", reason: [] } as const;

describe("a required line", () => {
  it("keeps the gate closed while nobody has ticked it, and says why somebody has to", () => {
    expect(said({ status: "not-checked", reason: text`2 files to look at` })).toEqual([
      "the configuration requires the line “Timeouts are configured”, which nobody has ticked: 2 files to look at",
    ]);
  });

  it("keeps it closed while it has findings: no tick goes over them", () => {
    expect(said({ status: "failed", seen: [], findings: [finding()] })).toEqual([
      "the configuration requires the line “Timeouts are configured”, which has 1 finding",
    ]);
  });

  it.each([
    ["author", "the author of this pull request"],
    ["bot", "a bot"],
  ] as const)("keeps it closed when only the %s ticked", (standing, who) => {
    expect(said({ ...ticked, standing })[0]).toContain(`and mona, who ticked it, is ${who}`);
  });

  it.each<Outcome>([ticked, { status: "passed", seen: [] }, { status: "not-applicable", reason: [] }])(
    "is answered by $status",
    (outcome) => {
      expect(said(outcome)).toEqual([]);
    },
  );

  it("is the only one that counts: every other line may stay open", () => {
    expect(said({ status: "not-checked", reason: [] }, {})).toEqual([]);
  });
});
