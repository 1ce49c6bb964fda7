import type { Config } from "../config/config.js";
import type { BenchBundle } from "../formats/bench-bundle.js";
import { BENCH_FORMAT, benchRun } from "../formats/bench-run.js";
import { usable } from "../formats/usable.js";
import { text } from "../model/text.js";
import { type Compared, compare } from "./comparisons.js";

/**
 * What a review would make of a bundle at this very head: the same judge, the same thresholds, aliases and blocking
 * rule, so that the command and the gate cannot disagree. Any base that was measured is taken as the right one.
 */
export function benchComparisons(bundle: BenchBundle, config: Config): Compared {
  const results = { files: [{ file: BENCH_FORMAT, run: usable(benchRun(bundle)) }] };
  return compare(results, { status: "absent", reason: text`only base and head were measured` }, config, { mergeBase: bundle.base.sha });
}
