#!/usr/bin/env node
import { asksForHelp, EXIT, HELP, helpOf, UsageError } from "./cli/usage.js";
import { version } from "./cli/version.js";

type Command = (args: readonly string[]) => Promise<number>;

/** Each loads its own modules only: what one command needs costs the others no start. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  review: async () => (await import("./cli/review.js")).review,
  explain: async () => (await import("./cli/explain.js")).explain,
  bench: async () => (await import("./cli/bench/bench.js")).bench,
  measurements: async () => (await import("./cli/measurements.js")).measurements,
  budgets: async () => (await import("./cli/budgets.js")).budgets,
  shifts: async () => (await import("./cli/shifts.js")).shifts,
  config: async () => (await import("./cli/config.js")).config,
  judge: async () => (await import("./cli/judge.js")).judge,
  stats: async () => (await import("./cli/stats/stats.js")).stats,
};

async function run(args: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--version") process.stdout.write(`${version()}\n`);
  else if (name === "--help" || name === "-h" || name === "help") process.stdout.write(HELP);
  else {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`there is no command ${JSON.stringify(name)}; redline --help lists them`);
    if (!asksForHelp(rest)) return (await command())(rest);
    process.stdout.write(helpOf(name));
  }
  return EXIT.open;
}

const explain = async (error: unknown): Promise<number> => (await import("./cli/failure.js")).explainFailure(error);

// `redline review … | head` closes our output early; that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await run(process.argv.slice(2)).catch(explain);
