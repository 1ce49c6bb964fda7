import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("paths", () => {
  it("knows no path by default", () => {
    expect(configOf("").paths).toEqual({ ignore: [], benchmarks: [], loadTests: [], classes: {} });
  });

  it("reads globs", () => {
    const config = configOf(
      "paths: { ignore: ['vendor/**'], benchmarks: ['perf/*.py'], load_tests: ['load/*.js'], classes: { 'web/api/**': server } }",
    );
    expect(config.paths).toEqual({
      ignore: ["vendor/**"],
      benchmarks: ["perf/*.py"],
      loadTests: ["load/*.js"],
      classes: { "web/api/**": "server" },
    });
  });

  it.each([
    [
      "paths: { loadtests: [] }",
      "1: unknown key loadtests, did you mean load_tests? (column 10); known here: ignore, benchmarks, load_tests, classes",
    ],
    [
      "paths: { classes: { 'a/**': prod } }",
      "1: a/**: prod is not accepted here (column 21); write one of generated, vendor, test, bench, migration, script, browser, server",
    ],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));
});
