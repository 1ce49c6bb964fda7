import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("evidence", () => {
  it("reads artifacts with the usual names and waits an hour by default", () => {
    expect(configOf("").evidence).toEqual({
      artifacts: ["redline*", "*benchmark*", "*perf*", "*k6*"],
      workflows: [],
      forks: "review",
      changedWorkflows: "review",
      changedBenchmarks: "trust",
      required: [],
      waitMs: 3_600_000,
    });
  });

  it("reads every key", () => {
    const yaml =
      "evidence: { artifacts: ['load-*'], workflows: [perf.yml], forks: ignore, changed_workflows: trust, changed_benchmarks: review, required: [k6-summary], wait: 1.5h, percentiles: { gatling-stats: [50, 99.9] } }";
    expect(configOf(yaml).evidence).toEqual({
      artifacts: ["load-*"],
      workflows: ["perf.yml"],
      forks: "ignore",
      changedWorkflows: "trust",
      changedBenchmarks: "review",
      required: ["k6-summary"],
      waitMs: 5_400_000,
      percentiles: { "gatling-stats": [50, 99.9] },
    });
  });

  it.each([
    ["evidence: { artifacts: load }", "1: artifacts: load is not accepted here (column 13); write a list"],
    [
      "evidence: { artifacts: [''] }",
      "1: entry 1 of artifacts:  is not accepted here (column 25); write a glob of at most 160 characters, in quotes",
    ],
    ["evidence: { wait: 8d }", "1: wait: 8d is too much (column 13); write at most 7d"],
    [
      "evidence: { percentiles: { gatling-stats: [0] } }",
      "1: entry 1 of gatling-stats: 0 is not accepted here (column 44); write a number above 0 and up to 100, such as 99 or 99.9",
    ],
    ["evidence: { wait: 60 }", "1: wait: 60 is a number without a unit (column 13); write 60ms"],
    [`evidence: { workflows: [${"a,".repeat(201)}] }`, "1: workflows: a list is not accepted here (column 13); write at most 200 entries"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));

  it("refuses a glob longer than the matcher takes", () => {
    expect(problemsOf(`evidence: { artifacts: ["${"*".repeat(160)}"] }`)).toEqual([]);
    expect(problemsOf(`evidence: { artifacts: ["${"*".repeat(161)}"] }`)).toHaveLength(1);
  });
});
