import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("benchmarks", () => {
  it("counts from 5 % and blocks from 10 % by default", () => {
    expect(configOf("").benchmarks).toEqual({ minEffect: 0.05, blockEffect: 0.1, onSuspect: "show", aliases: {}, ignore: [] });
  });

  it("reads every key", () => {
    const yaml = `
benchmarks:
  min_effect: 2%
  block_effect: 25%
  on_suspect: block
  aliases: { "new[1]": old }
  ignore: [{ name: test_network, reason: depends on the weather }]
`;
    expect(configOf(yaml).benchmarks).toEqual({
      minEffect: 0.02,
      blockEffect: 0.25,
      onSuspect: "block",
      aliases: { "new[1]": "old" },
      ignore: [{ name: "test_network", reason: "depends on the weather" }],
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
    ["benchmarks: { ignore: [{ name: x }] }", "1: reason is missing (column 24); write why it is ignored"],
    ["benchmarks: { ignore: [x] }", "1: entry 1 of ignore: x is not accepted here (column 24); write keys below it: name, reason"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));
});
