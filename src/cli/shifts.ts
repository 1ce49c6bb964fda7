import { parseArgs } from "node:util";
import { readResults } from "../checkout/results.js";
import { newShifts, type Shift, type Timeline, timelinesOf } from "../evidence/level-shifts.js";
import { figure, text } from "../model/text.js";
import { LEVEL_MINIMUM } from "../statistics/change-points.js";
import { formatShare } from "../statistics/quantity.js";
import { problemLine, sentence } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

const line = ({ benchmark, metric, effect, sha, before }: Shift): string => {
  const size = text`${figure(formatShare(Math.expm1(Math.abs(effect))))} ${effect > 0 ? ["worse"] : ["better"]}`;
  return `${sentence(text`${benchmark} ${metric}: ${size} from ${sha} on (until ${before} at the level before)`)}\n`;
};

/** Why nothing was found: with too few runs nothing could be. */
function none(files: number, timelines: readonly Timeline[]): string {
  if (timelines.length === 0) return "";
  const longest = Math.max(...timelines.map(({ points }) => points.length));
  if (longest >= 2 * LEVEL_MINIMUM) return `no lasting change of level in ${files} result files\n`;
  return `too few runs to see a change of level: ${longest} of a figure at most; it takes ${LEVEL_MINIMUM} before and ${LEVEL_MINIMUM} after\n`;
}

/** `redline shifts RESULTS...`: lasting changes of level in result files of one branch, oldest first. */
export async function shifts(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  if (positionals.length === 0) throw new UsageError("name the result files of a branch, oldest first: redline shifts RESULTS...");
  const results = await readResults(positionals, process.cwd());
  for (const problem of results.problems ?? []) process.stderr.write(`redline: ${problemLine(problem)}\n`);
  const timelines = timelinesOf(results);
  const found = timelines.flatMap((timeline) => newShifts(timeline, []));
  for (const shift of [...found].sort((a, b) => b.effect - a.effect)) process.stdout.write(line(shift));
  if (found.length === 0) process.stdout.write(none(results.files.length, timelines));
  return (results.problems ?? []).length > 0 ? EXIT.usage : EXIT.open;
}
