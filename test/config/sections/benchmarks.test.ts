import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

const none = { thresholds: [], directions: {}, budgets: [], creep: null };

describe("benchmarks", () => {
  it("counts from 5 % and blocks from 10 % by default", () => {
    const effects = { minEffect: 0.05, blockEffect: 0.1, onSuspect: "show", statistic: "min" };
    expect(configOf("").benchmarks).toEqual({ ...effects, aliases: {}, ignore: [], ...none });
  });

  it("reads every key", () => {
    const yaml = `
benchmarks:
  min_effect: 2%
  block_effect: 25%
  on_suspect: block
  statistic: typical
  aliases: { "new[1]": old }
  ignore: [{ name: "test_network*", reason: depends on the weather, until: 2026-12-31 }]
  thresholds: [{ name: test_parse, min_effect: 1% }, { name: "*", block_effect: 20%, statistic: min }]
  directions: { hits: higher }
  budgets: { "test_*": { time: 10ms, memory: 2MB, throughput: 5/s, allocations: 120 } }
  creep: 25%
`;
    expect(configOf(yaml).benchmarks).toEqual({
      minEffect: 0.02,
      blockEffect: 0.25,
      onSuspect: "block",
      statistic: "typical",
      aliases: { "new[1]": "old" },
      ignore: [{ name: "test_network*", reason: "depends on the weather", until: "2026-12-31" }],
      thresholds: [
        { name: "test_parse", minEffect: 0.01 },
        { name: "*", blockEffect: 0.2, statistic: "min" },
      ],
      directions: { hits: "higher" },
      budgets: [
        {
          pattern: "test_*",
          limits: [
            { metric: "time", limit: 0.01, unit: "s", text: "10ms" },
            { metric: "memory", limit: 2e6, unit: "B", text: "2MB" },
            { metric: "throughput", limit: 5, unit: "1/s", text: "5/s" },
            { metric: "allocations", limit: 120, unit: "1", text: "120" },
          ],
        },
      ],
      creep: 0.25,
    });
  });

  it.each([
    [
      "benchmarks: { min_effect: 20% }",
      "1: min_effect: 20% is above block_effect (column 15); write a block_effect that is at least as large",
    ],
    [
      "benchmarks: { min_effect: 20%, block_effect: 15% }",
      "1: min_effect: 20% is above block_effect (column 15); write a block_effect that is at least as large",
    ],
    ["benchmarks: { min_effect: 5 }", "1: min_effect: 5 is a number without a unit (column 15); write 5%"],
    ["benchmarks: { min_effect: 0% }", "1: min_effect: 0% is zero (column 15); write more than zero"],
    [
      "benchmarks: { on_suspect: blok }",
      "1: on_suspect: blok is not accepted here, did you mean block? (column 15); write one of show, block",
    ],
    ["benchmarks: { statistic: mean }", "1: statistic: mean is not accepted here (column 15); write one of min, typical"],
    ["benchmarks: { ignore: [{ name: x }] }", "1: reason is missing (column 24); write why it is ignored"],
    ["benchmarks: { ignore: [x] }", "1: entry 1 of ignore: x is not accepted here (column 24); write keys below it: name, reason, until"],
    [
      "benchmarks: { ignore: [{ name: x, reason: y, until: 2026-02-30 }] }",
      "1: until: 2026-02-30 is not accepted here (column 46); write a day such as 2026-12-31",
    ],
    [
      "benchmarks: { budgets: { x: { time: soon } } }",
      "1: time: soon is no limit (column 31); write a limit such as 10ms, 2MB, 1000/s or 120",
    ],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));
});
