import type { Config } from "../config.js";
import { choice, listOf, mapOf, quantity, section, words } from "../values.js";

const name = words("the full name of a benchmark", 500);
const most: readonly [number, string] = [10, "1000%"];

export const benchmarks = section({
  min_effect: quantity("share", { positive: true, most }).prefault("5%").describe("Smallest slowdown that counts as one."),
  block_effect: quantity("share", { positive: true, most }).prefault("10%").describe("Smallest regression that closes the gate."),
  on_suspect: choice(["show", "block"]).default("show").describe("Whether a slowdown that may be noise is shown or closes the gate."),
  aliases: mapOf(name, name)
    .default({})
    .describe("Renamed benchmarks, as `new name: old name`.")
    .meta({ example: { "test_checkout[large]": "test_checkout" } }),
  ignore: listOf(
    section({
      name: name.describe("The benchmark's full name."),
      reason: words("why it is ignored", 500).describe("Why; shown in every review."),
    }),
  )
    .default([])
    .describe("Benchmarks that are shown and never judged.")
    .meta({ example: [{ name: "test_network", reason: "depends on the weather" }] }),
})
  .refine((given) => given.min_effect <= given.block_effect, {
    path: ["min_effect"],
    error: "write a block_effect that is at least as large",
    params: { why: "is above block_effect" },
  })
  .prefault({})
  .transform((given): Config["benchmarks"] => ({
    minEffect: given.min_effect,
    blockEffect: given.block_effect,
    onSuspect: given.on_suspect,
    aliases: given.aliases,
    ignore: given.ignore,
  }))
  .describe("How benchmark results are compared with the baseline.");
