import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("critical", () => {
  it("is nothing by default", () => expect(configOf("").critical).toEqual([]));

  it("is a path, or a part with functions and what covers it", () => {
    expect(
      configOf("critical: ['src/checkout/**', { paths: [src/pricing/], functions: [Cart.total], covered_by: ['test_*'] }]").critical,
    ).toEqual([
      { paths: ["src/checkout/**"], functions: [], coveredBy: [] },
      { paths: ["src/pricing/"], functions: ["Cart.total"], coveredBy: ["test_*"] },
    ]);
    expect(configOf("critical: [{ functions: [total] }]").critical[0]).toMatchObject({ paths: [], coveredBy: [] });
  });

  it.each([
    ["critical: src/**", "1: critical: src/** is not accepted here (column 1); write a list"],
    ["critical:", "1: critical: an empty value is not accepted here (column 1); write a list"],
    [
      "critical: [1]",
      "1: entry 1 of critical: 1 is not accepted here (column 12); write a path as in CODEOWNERS of at most 150 characters, in quotes",
    ],
    ["critical: [{ covered_by: [a] }]", "1: paths is missing (column 12); write paths or functions"],
    ["critical: [{ path: [a] }]", "1: unknown key path, did you mean paths? (column 14); known here: paths, functions, covered_by"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));
});
