import { describe, expect, test } from "vitest";
import { type GoogleRow, googleGroups } from "../../src/formats/google-rows.js";

const row = (changes: Partial<GoogleRow>): GoogleRow => ({ name: "a", ...changes });
const shape = (rows: readonly GoogleRow[]) =>
  googleGroups(rows).map(({ name, iterations, median }) => [name, iterations.length, median?.name]);

describe("the rows by benchmark", () => {
  test("repetitions belong together, and aggregates are no benchmarks", () => {
    const rows = [
      row({ name: "a", run_name: "a", run_type: "iteration", repetition_index: 0 }),
      row({ name: "a", run_name: "a", run_type: "iteration", repetition_index: 1 }),
      row({ name: "a_mean", run_name: "a", run_type: "aggregate", aggregate_name: "mean" }),
      row({ name: "a_median", run_name: "a", run_type: "aggregate", aggregate_name: "median" }),
    ];
    expect(shape(rows)).toEqual([["a", 2, "a_median"]]);
  });

  test("two benchmarks of one name stay two", () => {
    const first = row({ run_name: "a", run_type: "iteration", repetition_index: 0 });
    expect(shape([first, { ...first, family_index: 1 }])).toEqual([
      ["a", 1, undefined],
      ["a", 1, undefined],
    ]);
    expect(shape([first, first])).toHaveLength(2);
  });

  test("an old version's aggregates are told by their companions, and a name like theirs alone is a benchmark", () => {
    const old = ["b", "b_mean", "b_median", "b_stddev", "b_cv", "of_mean"].map((name) => row({ name }));
    expect(shape(old)).toEqual([
      ["b", 1, "b_median"],
      ["of_mean", 1, undefined],
    ]);
  });

  test("a fitted complexity is no benchmark of its own", () => {
    const fit = ["BigO", "RMS"].map((kind) => row({ name: `a_${kind}`, run_name: "a", run_type: "aggregate", aggregate_name: kind }));
    expect(shape(fit)).toEqual([]);
  });
});
