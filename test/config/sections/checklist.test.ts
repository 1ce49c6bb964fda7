import { describe, expect, it } from "vitest";
import { checklistItems } from "../../../src/model/rule.js";
import { configOf, problemsOf } from "../reading.js";

const withLine = (line: string) => configOf(`checklist: { lines: [${line}] }`).checklist.lines[0];

describe("checklist", () => {
  it.each(["off", "required"])("takes any line as %s but those that close the gate", (state) => {
    for (const item of checklistItems) {
      const yaml = `checklist: { ${item}: ${state} }`;
      if (item.startsWith("budgets/")) expect(problemsOf(yaml)[0]).toMatch(new RegExp(`^1: unknown key ${item}`, "u"));
      else expect(configOf(yaml).checklist.items).toEqual({ [item]: state });
    }
  });

  it("keeps every line, and adds none, by default", () => expect(configOf("").checklist).toEqual({ items: {}, lines: [] }));

  it("adds lines of one's own", () => {
    expect(withLine("{ text: Keys carry the tenant, paths: ['src/cache/**'], help: see docs, required: true }")).toEqual({
      item: expect.stringMatching(/^own\/keys-carry-the-tenant-[0-9a-f]{8}$/u),
      text: "Keys carry the tenant",
      paths: ["src/cache/**"],
      help: "see docs",
      required: true,
    });
    expect(withLine("{ text: Keys }")).toMatchObject({ paths: [], required: false });
  });

  it.each([
    ["checklist: { tests/load-test: on }", "1: tests/load-test: on is not accepted here (column 14); write one of off, required"],
    ["checklist: { tests/load-tests: off }", "1: unknown key tests/load-tests, did you mean tests/load-test? (column 14)"],
    ["checklist: { lines: [{ paths: ['a'] }] }", "1: text is missing"],
    ["checklist: { lines: [{ text: a }, { text: a }] }", "1: text: a is given twice"],
    [`checklist: { lines: [${"{ text: a }, ".repeat(21)}] }`, "write at most 20 lines"],
    [`checklist: { lines: [{ text: ${"a".repeat(101)} }] }`, "write a line of at most 100 characters"],
    ['checklist: { lines: [{ text: "a\\u202Eb" }] }', "write a line of at most 100 characters"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml).join("\n")).toContain(problem));
});
