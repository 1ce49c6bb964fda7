#!/usr/bin/env node
import { GitError } from "./checkout/git.js";
import { bench } from "./cli/bench/bench.js";
import { budgets } from "./cli/budgets.js";
import { config } from "./cli/config.js";
import { explain as explainFiles } from "./cli/explain.js";
import { githubSentence } from "./cli/github-sentence.js";
import { judge } from "./cli/judge.js";
import { measurements } from "./cli/measurements.js";
import { review } from "./cli/review.js";
import { shifts } from "./cli/shifts.js";
import { stats } from "./cli/stats/stats.js";
import { sentence } from "./cli/terminal.js";
import { asksForHelp, EXIT, HELP, helpOf, UsageError } from "./cli/usage.js";
import { version } from "./cli/version.js";
import { NoCommonAncestorError } from "./github/errors.js";

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  review,
  explain: explainFiles,
  bench,
  measurements,
  budgets,
  shifts,
  config,
  judge,
  stats,
};

async function run(args: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--version") process.stdout.write(`${version()}\n`);
  else if (name === "--help" || name === "-h" || name === "help") process.stdout.write(HELP);
  else {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`there is no command ${JSON.stringify(name)}; redline --help lists them`);
    if (!asksForHelp(rest)) return command(rest);
    process.stdout.write(helpOf(name));
  }
  return EXIT.open;
}

/** Node's own argument errors are a person's mistakes too. */
const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError || (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));

function explain(error: unknown): number {
  const known = error instanceof GitError || error instanceof NoCommonAncestorError ? error.sentence : githubSentence(error);
  if (known) process.stderr.write(`redline: ${sentence(known)}\n`);
  else process.stderr.write(`redline: ${sentence([{ foreign: error instanceof Error ? error.message : String(error) }])}\n`);
  if (isUsage(error)) return EXIT.usage;
  return error instanceof GitError && error.kind === "usage" ? EXIT.usage : EXIT.failed;
}

// `redline review … | head` closes our output early; that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await run(process.argv.slice(2)).catch(explain);
