import { readFileAt } from "../../checkout/blobs.js";
import { resolveCommit } from "../../checkout/git.js";
import type { Config } from "../../config/config.js";
import { CONFIGURATION_PATH } from "../../config/file.js";
import { parseConfiguration } from "../../config/parse.js";
import { problemLine } from "../terminal.js";
import { UsageError } from "../usage.js";
import type { BenchOptions } from "./options.js";

async function textAtBase(options: BenchOptions): Promise<string> {
  const tip = await resolveCommit(options.repository, options.base, "--base");
  const blob = await readFileAt(options.repository, tip, CONFIGURATION_PATH);
  return blob !== null && "text" in blob ? blob.text : "";
}

/**
 * The configuration at the tip of the base, as a review reads it, with the thresholds of the command line on top.
 * @throws UsageError when it is not valid
 */
export async function benchConfiguration(options: BenchOptions): Promise<Config> {
  const parsed = parseConfiguration(await textAtBase(options), CONFIGURATION_PATH);
  if ("problems" in parsed) throw new UsageError(parsed.problems.map(problemLine).join("\n"));
  const { benchmarks } = parsed.config;
  const minEffect = options.minEffect ?? benchmarks.minEffect;
  // A threshold that was raised above the blocking one raises that, too.
  const blockEffect = options.blockEffect ?? Math.max(minEffect, benchmarks.blockEffect);
  if (minEffect > blockEffect) throw new UsageError("--min-effect is above --block-effect; write one that is not");
  return { ...parsed.config, benchmarks: { ...benchmarks, minEffect, blockEffect } };
}
