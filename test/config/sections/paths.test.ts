import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("paths and critical", () => {
  it("knows no path by default", () => {
    expect(configOf("").paths).toEqual({ ignore: [], benchmarks: [], loadTests: [], classes: {} });
    expect(configOf("").critical).toEqual([]);
  });

  it("reads globs", () => {
    const config = configOf(
      "paths: { ignore: ['vendor/**'], benchmarks: ['perf/*.py'], load_tests: ['load/*.js'], classes: { 'web/api/**': server } }\ncritical: ['src/checkout/**']",
    );
    expect(config.paths).toEqual({
      ignore: ["vendor/**"],
      benchmarks: ["perf/*.py"],
      loadTests: ["load/*.js"],
      classes: { "web/api/**": "server" },
    });
    expect(config.critical).toEqual(["src/checkout/**"]);
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
    ["critical: src/**", "1: critical: src/** is not accepted here (column 1); write a list"],
    ["critical:", "1: critical: an empty value is not accepted here (column 1); write a list"],
    ["critical: [1]", "1: entry 1 of critical: 1 is not accepted here (column 12); write a glob of at most 160 characters, in quotes"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)).toEqual([problem]));
});
