import { parseArgs } from "node:util";
import { readResults } from "../checkout/results.js";
import { suggestBudgets } from "../evidence/suggested-budgets.js";
import { problemLine } from "./terminal.js";
import { EXIT, UsageError } from "./usage.js";

const USAGE = "write redline budgets suggest RESULTS..., with result files of several runs";

/** `redline budgets suggest RESULTS...`: limits that these runs would have kept, as YAML. */
export async function budgets(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [action, ...globs] = positionals;
  if (action !== "suggest" || globs.length === 0) throw new UsageError(USAGE);
  const results = await readResults(globs, process.cwd());
  for (const problem of results.problems ?? []) process.stderr.write(`redline: ${problemLine(problem)}\n`);
  const suggested = suggestBudgets(results);
  if (suggested === "") throw new UsageError("none of these files holds a figure that a budget could limit");
  process.stdout.write(suggested);
  return (results.problems ?? []).length > 0 ? EXIT.usage : EXIT.open;
}
