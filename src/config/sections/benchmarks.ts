import { z } from "zod";
import type { BenchmarkBudget, Config, Ignored, Thresholds } from "../config.js";
import { anyQuantity, choice, listOf, mapOf, quantity, section, words } from "../values.js";

const name = words("the full name of a benchmark", 500);
const pattern = words("the full name of a benchmark, or a part of it with * for the rest", 500);
const metric = words("a metric such as time, memory or allocations", 100);
const most: readonly [number, string] = [10, "1000%"];

/** Of the proleptic Gregorian calendar, as JavaScript's own. */
const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;

const ignored = section({
  name: pattern.describe("The benchmark's full name; `*` stands for any characters."),
  reason: words("why it is ignored", 500).describe("Why; shown in every review."),
  until: words("a day such as 2026-12-31")
    .refine(isDay, { error: "write a day such as 2026-12-31" })
    .optional()
    .describe("The last day; from the next on it is judged again."),
}).transform(({ until, ...given }): Ignored => ({ ...given, ...(until !== undefined && { until }) }));

const thresholds = section({
  name: pattern.describe("The benchmark's full name; `*` stands for any characters. The first entry that fits counts."),
  min_effect: quantity("share", { positive: true, most }).optional().describe("Instead of the general one."),
  block_effect: quantity("share", { positive: true, most }).optional().describe("Instead of the general one."),
  statistic: choice(["min", "typical"]).optional().describe("Instead of the general one."),
}).transform(
  (given): Thresholds => ({
    name: given.name,
    ...(given.min_effect !== undefined && { minEffect: given.min_effect }),
    ...(given.block_effect !== undefined && { blockEffect: given.block_effect }),
    ...(given.statistic !== undefined && { statistic: given.statistic }),
  }),
);

const budgets = mapOf(pattern, mapOf(metric, anyQuantity))
  .default({})
  .transform((all) =>
    Object.entries(all).map(
      ([name, limits]): BenchmarkBudget => ({
        pattern: name,
        limits: Object.entries(limits).map(([metric, { value, unit, text }]) => ({ metric, limit: value, unit, text })),
      }),
    ),
  );

export const benchmarks = section({
  min_effect: quantity("share", { positive: true, most }).prefault("5%").describe("Smallest slowdown that counts as one."),
  block_effect: quantity("share", { positive: true, most }).prefault("10%").describe("Smallest regression that closes the gate."),
  on_suspect: choice(["show", "block"]).default("show").describe("Whether a slowdown that may be noise is shown or closes the gate."),
  statistic: choice(["min", "typical"])
    .default("min")
    .describe(
      "Which round stands for a process where base and head are measured in turn: the best one, or with `typical` the 25th percentile, for benchmarks whose best case is not representative. It sees less through noise.",
    ),
  aliases: mapOf(name, name)
    .default({})
    .describe("Renamed benchmarks, as `new name: old name`.")
    .meta({ example: { "test_checkout[large]": "test_checkout" } }),
  ignore: listOf(ignored)
    .default([])
    .describe("Benchmarks that are named in every review and not judged.")
    .meta({ example: [{ name: "test_network", reason: "depends on the weather", until: "2026-12-31" }] }),
  thresholds: listOf(thresholds)
    .default([])
    .describe("Other thresholds, or another statistic, for some benchmarks.")
    .meta({ example: [{ name: "test_parse*", min_effect: "2%", block_effect: "5%" }] }),
  directions: mapOf(metric, choice(["lower", "higher"]))
    .default({})
    .describe("Which way is better, by metric, where the unit does not tell. Without it such a metric is shown and not judged.")
    .meta({ example: { cache_hits: "higher" } }),
  budgets: budgets
    .describe("Limits of benchmarks by name and metric: a duration, a size, a rate or a plain number.")
    .meta({ example: { "test_checkout*": { time: "10ms", allocations: 120 } } }),
  creep: quantity("share", { positive: true, most })
    .optional()
    .describe("How much worse than in the oldest known runs of the default branch a benchmark may be: what small steps may add up to."),
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
    statistic: given.statistic,
    aliases: given.aliases,
    ignore: given.ignore,
    thresholds: given.thresholds,
    directions: given.directions,
    budgets: given.budgets,
    creep: given.creep ?? null,
  }))
  .describe("How benchmark results are compared with the baseline.");
