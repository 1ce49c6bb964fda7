import { pathClasses } from "../../model/source.js";
import type { Config } from "../config.js";
import { choice, glob, listOf, mapOf, section } from "../values.js";

const globs = listOf(glob).default([]);

export const paths = section({
  ignore: globs.describe("Files that are never looked at.").meta({ example: ["vendor/**"] }),
  benchmarks: globs.describe("Benchmark files, besides the well-known names.").meta({ example: ["perf/**/*.py"] }),
  load_tests: globs.describe("Load-test files, besides the well-known names.").meta({ example: ["load/*.js"] }),
  classes: mapOf(glob, choice(pathClasses))
    .default({})
    .describe(
      "What source files are for, where their path does not say it: decides which source rules look at them. The first glob that matches wins.",
    )
    .meta({ example: { "web/server/**": "server", "jobs/once/**": "script" } }),
})
  .prefault({})
  .transform((given): Config["paths"] => ({
    ignore: given.ignore,
    benchmarks: given.benchmarks,
    loadTests: given.load_tests,
    classes: given.classes,
  }))
  .describe("What the files of the repository are. `*` stays within a folder, `**` crosses folders, `?` is one character.");
