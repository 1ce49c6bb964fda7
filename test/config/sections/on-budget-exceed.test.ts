import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

const LIST = `on_budget_exceed:
  - block_merge: true
  - notify: "#perf-alerts"
  - require_approval: "perf-team"
`;

const MAP = `on_budget_exceed:
  block_merge: true
  notify: ["#perf-alerts"]
  require_approval: perf-team
`;

describe("on_budget_exceed", () => {
  it("means the same as a list of single keys and as one mapping", () => {
    const expected = { blockMerge: true, notify: ["#perf-alerts"], requireApproval: "perf-team" };
    expect(configOf(LIST).onBudgetExceed).toEqual(expected);
    expect(configOf(MAP).onBudgetExceed).toEqual(expected);
  });

  it("does nothing by default, also where a team is null", () => {
    const expected = { blockMerge: false, notify: [], requireApproval: null };
    expect(configOf("").onBudgetExceed).toEqual(expected);
    expect(configOf("on_budget_exceed: { require_approval: null }").onBudgetExceed).toEqual(expected);
    expect(configOf("on_budget_exceed: []").onBudgetExceed).toEqual(expected);
  });

  it("adds up channels, and refuses anything else given twice", () => {
    expect(configOf(`${LIST}  - notify: ["#a", "#b"]`).onBudgetExceed.notify).toEqual(["#perf-alerts", "#a", "#b"]);
    expect(problemsOf(`${LIST}  - block_merge: false`)).toEqual(["5: block_merge: false is given twice (column 5); write it once"]);
  });

  it.each([
    [
      "on_budget_exceed:\n  - block_merg: true",
      "2: unknown key block_merg, did you mean block_merge? (column 5); known here: block_merge, notify, require_approval",
    ],
    ["on_budget_exceed:\n  block_merge: yes", "2: block_merge: yes is not accepted here (column 3); write true or false"],
    ["on_budget_exceed:\n  - block_merge: null", "2: block_merge: an empty value is not accepted here (column 5); write true or false"],
    [
      "on_budget_exceed: { require_approval: '@org/perf-team' }",
      "1: require_approval: @org/perf-team is not accepted here (column 21); write the team's short name as in its URL, without the owner",
    ],
    [
      "on_budget_exceed: block",
      "1: on_budget_exceed: block is not accepted here (column 1); write keys below it: block_merge, notify, require_approval",
    ],
  ])("refuses %j", (yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));
});
