import { parseArgs } from "node:util";
import { readResults } from "../checkout/results.js";
import { newShifts, type Shift, timelinesOf } from "../evidence/level-shifts.js";
import { figure, text } from "../model/text.js";
import { formatShare } from "../statistics/quantity.js";
import { problemLine, sentence } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

const line = ({ benchmark, metric, effect, sha, before }: Shift): string => {
  const size = text`${figure(formatShare(Math.expm1(Math.abs(effect))))} ${effect > 0 ? ["slower"] : ["faster"]}`;
  return `${sentence(text`${benchmark} ${metric}: ${size} from ${sha} on (until ${before} at the level before)`)}\n`;
};

/** `redline shifts RESULTS...`: lasting changes of level in result files of one branch, oldest first. */
export async function shifts(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  if (positionals.length === 0) throw new UsageError("name the result files of a branch, oldest first: redline shifts RESULTS...");
  const results = await readResults(positionals, process.cwd());
  for (const problem of results.problems ?? []) process.stderr.write(`redline: ${problemLine(problem)}\n`);
  const found = timelinesOf(results).flatMap((timeline) => newShifts(timeline, []));
  for (const shift of [...found].sort((a, b) => b.effect - a.effect)) process.stdout.write(line(shift));
  if (found.length === 0) process.stdout.write(`no lasting change of level in ${results.files.length} result files\n`);
  return (results.problems ?? []).length > 0 ? EXIT.usage : EXIT.open;
}
