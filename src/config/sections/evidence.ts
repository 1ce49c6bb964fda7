import { z } from "zod";
import type { Config } from "../config.js";
import { choice, glob, listOf, mapOf, quantity, section, words } from "../values.js";

const DAY = 86_400;

const percentileError = "write a number above 0 and up to 100, such as 99 or 99.9";
const percentile = z.number({ error: percentileError }).gt(0, { error: percentileError }).max(100, { error: percentileError });

export const evidence = section({
  artifacts: listOf(glob).default(["redline*", "*benchmark*", "*perf*", "*k6*"]).describe("Names of the CI artifacts that hold results."),
  workflows: listOf(glob)
    .default([])
    .describe("Workflow files whose artifacts are read; without any, all are.")
    .meta({ example: ["perf.yml"] }),
  required: listOf(words("the name of a format or artifact"))
    .default([])
    .describe("Formats or artifacts without which the gate stays closed.")
    .meta({ example: ["k6-summary"] }),
  wait: quantity("duration", { most: [7 * DAY, "7d"] })
    .prefault("60m")
    .describe("How long missing evidence is waited for."),
  forks: choice(["trust", "review", "ignore"])
    .default("review")
    .describe(
      "Results that a fork's workflow made: `review` asks somebody with write access to vouch for them where they would open the gate, `ignore` reads none.",
    ),
  changed_workflows: choice(["trust", "review"])
    .default("review")
    .describe(
      "Results of a workflow that the pull request edits: `review` asks a second person to vouch for them where they would open the gate.",
    ),
  changed_benchmarks: choice(["trust", "review"])
    .default("trust")
    .describe("The same of benchmarks and load tests that the pull request edits."),
  percentiles: mapOf(words("the id of a result format such as gatling-stats", 50), listOf(percentile))
    .optional()
    .describe("Percentiles that a tool was configured to write, in the order of its columns, where its files do not say.")
    .meta({ example: { "gatling-stats": [50, 75, 95, 99] } }),
})
  .prefault({})
  .transform((given): Config["evidence"] => ({
    artifacts: given.artifacts,
    workflows: given.workflows,
    required: given.required,
    waitMs: Math.round(given.wait * 1000),
    forks: given.forks,
    changedWorkflows: given.changed_workflows,
    changedBenchmarks: given.changed_benchmarks,
    ...(given.percentiles && { percentiles: given.percentiles }),
  }))
  .describe("Where results come from, and which of them must be there.");
