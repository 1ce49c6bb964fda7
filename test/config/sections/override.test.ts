import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("override", () => {
  it("asks one member to put perf-override by default", () => {
    expect(configOf("").override).toEqual({ label: "perf-override", quorum: 1, expiresMs: null, reason: false, people: [] });
  });

  it("reads every key", () => {
    const yaml = "override: { label: go ahead 🚀, quorum: 2, expires: 7d, reason: required, people: [mona] }";
    expect(configOf(yaml).override).toEqual({ label: "go ahead 🚀", quorum: 2, expiresMs: 604_800_000, reason: true, people: ["mona"] });
  });

  it.each([
    ["true", true],
    ["false", false],
    ["required", true],
    ["optional", false],
  ])("a reason that is %s is required: %s", (written, required) => {
    expect(configOf(`override: { reason: ${written} }`).override.reason).toBe(required);
  });

  it.each([
    ["override: { quorum: 0 }", "quorum: 0 is not accepted here (column 13); write a whole number from 1 to 10"],
    ["override: { quorum: 1.5 }", "quorum: 1.5 is not accepted here (column 13); write a whole number from 1 to 10"],
    ["override: { label: 123 }", "label: 123 is not accepted here (column 13); write a label of at most 50 characters"],
    ['override: { label: "a\\nb" }', "label: a\nb is not accepted here (column 13); write a label of at most 50 characters"],
    ['override: { label: "a\\u202Eb" }', "label: a\u202Eb is not accepted here (column 13); write a label of at most 50 characters"],
    ["override: { reason: yes please }", "reason: yes please is not accepted here (column 13); write one of required, optional"],
    ["override: { people: [a b] }", "entry 1 of people: a b is not accepted here (column 22); write a login"],
    ["override: { expires: 0h }", "expires: 0h is zero (column 13); write more than zero"],
    ["override: { expires: 1000d }", "expires: 1000d is too much (column 13); write at most 366d"],
  ])("refuses %j", (yaml, problem) => expect(problemsOf(yaml)).toEqual([`1: ${problem}`]));
});
