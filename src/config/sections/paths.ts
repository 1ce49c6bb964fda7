import type { Config } from "../config.js";
import { glob, listOf, section } from "../values.js";

const globs = listOf(glob).default([]);

export const paths = section({
  ignore: globs.describe("Files that are never looked at.").meta({ example: ["vendor/**"] }),
  benchmarks: globs.describe("Benchmark files, besides the well-known names.").meta({ example: ["perf/**/*.py"] }),
  load_tests: globs.describe("Load-test files, besides the well-known names.").meta({ example: ["load/*.js"] }),
})
  .prefault({})
  .transform((given): Config["paths"] => ({ ignore: given.ignore, benchmarks: given.benchmarks, loadTests: given.load_tests }))
  .describe("What the files of the repository are. `*` stays within a folder, `**` crosses folders, `?` is one character.");

export const critical = globs
  .describe("Paths where performance matters most: a change there needs a benchmark and, with `block_merge`, results.")
  .meta({ example: ["src/checkout/**"] });
