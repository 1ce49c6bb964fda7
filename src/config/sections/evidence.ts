import type { Config } from "../config.js";
import { glob, listOf, quantity, section, words } from "../values.js";

const DAY = 86_400;

export const evidence = section({
  artifacts: listOf(glob).default(["redline*", "*benchmark*", "*perf*", "*k6*"]).describe("Names of the CI artifacts that hold results."),
  workflows: listOf(glob)
    .default([])
    .describe("Workflow files whose artifacts are read; without any, all are. Checked and kept, without effect yet.")
    .meta({ example: ["perf.yml"] }),
  required: listOf(words("the name of a format or artifact"))
    .default([])
    .describe("Formats or artifacts without which the gate stays closed.")
    .meta({ example: ["k6-summary"] }),
  wait: quantity("duration", { most: [7 * DAY, "7d"] })
    .prefault("60m")
    .describe("How long missing evidence is waited for."),
})
  .prefault({})
  .transform((given): Config["evidence"] => ({
    artifacts: given.artifacts,
    workflows: given.workflows,
    required: given.required,
    waitMs: Math.round(given.wait * 1000),
  }))
  .describe("Where results come from, and which of them must be there.");
