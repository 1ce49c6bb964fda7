import { describe, expect, it } from "vitest";
import { checklistItems } from "../../../src/model/rule.js";
import { configOf, problemsOf } from "../reading.js";

describe("checklist", () => {
  it("takes off any line but those that close the gate", () => {
    for (const item of checklistItems) {
      const yaml = `checklist: { ${item}: off }`;
      if (item.startsWith("budgets/")) expect(problemsOf(yaml)[0]).toMatch(new RegExp(`^1: unknown key ${item}`, "u"));
      else expect(configOf(yaml).checklist).toEqual({ [item]: "off" });
    }
  });

  it("keeps every line by default", () => expect(configOf("").checklist).toEqual({}));

  it.each([
    ["checklist: { tests/load-test: on }", "1: tests/load-test: on is not accepted here (column 14); write one of off"],
    ["checklist: { tests/load-tests: off }", "1: unknown key tests/load-tests, did you mean tests/load-test? (column 14)"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)[0]).toContain(problem));
});
