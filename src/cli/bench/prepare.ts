import { written } from "../../checkout/fresh-results.js";
import type { Side } from "../../formats/bench-bundle.js";
import type { Text } from "../../model/text.js";
import { complaint, environmentOf, type Prepared } from "./one-run.js";
import type { BenchOptions } from "./options.js";
import { runGroup } from "./process-group.js";

/** A setup builds what the benchmarks then run many times, so it may take longer than they. */
const PATIENCE = 6;

export interface Unprepared {
  readonly side: Side;
  readonly why: Text;
  readonly stopped: boolean;
  readonly tail: string;
}

/** Runs `--setup` once in a work tree, as a line for the shell. */
export async function prepare(
  side: Side,
  folder: string,
  { setup, results, timeout }: BenchOptions,
  stop: AbortSignal,
): Promise<Prepared | Unprepared> {
  if (setup !== undefined) {
    const limit = timeout * PATIENCE;
    const ended = await runGroup([setup], { cwd: folder, env: environmentOf(side, 0), timeout: limit, stop, capture: false });
    const why = complaint(ended, limit);
    if (why !== null) return { side, why, stopped: ended.how === "stopped", tail: ended.tail };
  }
  return { side, folder, own: await written(folder, results) };
}
