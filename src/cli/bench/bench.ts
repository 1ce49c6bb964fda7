import { type BenchCommits, benchCommits } from "../../checkout/bench-commits.js";
import { resultSettings } from "../../checkout/result-file.js";
import { addWorkTrees, type WorkTrees } from "../../checkout/work-trees.js";
import type { Config } from "../../config/config.js";
import { benchComparisons } from "../../evidence/bench-comparisons.js";
import { plain, text } from "../../model/text.js";
import { benchLines } from "../../report/bench.js";
import { announcements, emptyBundle } from "./begin.js";
import { exitCode, reasonOf, summary } from "./conclusion.js";
import type { Halt } from "./measure.js";
import { type BenchOptions, benchOptions } from "./options.js";
import { say } from "./progress.js";
import { type BenchRecord, benchRecord } from "./record.js";
import { measureSides, prepareSides } from "./session.js";
import { benchConfiguration } from "./settings.js";
import { listenForStop, type Stop } from "./stop.js";

/** Runs `use` with both commits checked out, and removes them whatever happens: also when the process has to end. */
async function withWorkTrees<T>(options: BenchOptions, commits: BenchCommits, use: (trees: WorkTrees) => Promise<T>): Promise<T> {
  const trees = await addWorkTrees(options.repository, commits.base, commits.head);
  if (options.keep) {
    say(text`the work trees stay in ${trees.folder}`);
    return use(trees);
  }
  process.once("exit", trees.removeNow);
  try {
    return await use(trees);
  } finally {
    await trees.remove();
    process.off("exit", trees.removeNow);
  }
}

async function measure(trees: WorkTrees, record: BenchRecord, options: BenchOptions, stop: Stop, config: Config): Promise<Halt | null> {
  const session = { options, settings: resultSettings(config), record, stop: stop.signal, said: new Set<string>() };
  const ready = await prepareSides(trees, session);
  const halt = await measureSides(ready, session, config);
  await record.finish(halt?.state ?? "complete", halt === null ? null : plain(reasonOf(halt)));
  return halt;
}

function conclude({ bundle }: BenchRecord, options: BenchOptions, halt: Halt | null, config: Config): number {
  const { comparisons, shift } = benchComparisons(bundle, config);
  const lines = [
    ...benchLines(comparisons, shift),
    ...summary(bundle, comparisons, halt, config.benchmarks),
    `written to ${options.output}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return exitCode(bundle, comparisons, halt);
}

/**
 * `redline bench`: base and head in turn on this machine. 0 no regression past the blocking rule, 1 one, 2 a mistake
 * in the command line or no result that can be read, 3 the command or git failed, 128 + n after signal n.
 */
export async function bench(args: readonly string[]): Promise<number> {
  const options = benchOptions(args);
  const commits = await benchCommits(options.repository, options);
  const config = await benchConfiguration(options);
  const record = benchRecord(options.output, emptyBundle(options, commits));
  await record.save();
  for (const line of announcements(commits, options)) say(line);
  const stop = listenForStop();
  try {
    const halt = await withWorkTrees(options, commits, (trees) => measure(trees, record, options, stop, config));
    const code = conclude(record, options, halt, config);
    return stop.exit() ?? code;
  } finally {
    stop.release();
  }
}
