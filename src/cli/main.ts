import { asksForHelp, EXIT, HELP, helpOf, UsageError } from "./usage.js";
import { version } from "./version.js";

type Command = (args: readonly string[]) => Promise<number>;

/** Each loads its own modules only: what one command needs costs the others no start. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  review: async () => (await import("./review.js")).review,
  explain: async () => (await import("./explain.js")).explain,
  bench: async () => (await import("./bench/bench.js")).bench,
  measurements: async () => (await import("./measurements.js")).measurements,
  budgets: async () => (await import("./budgets.js")).budgets,
  shifts: async () => (await import("./shifts.js")).shifts,
  config: async () => (await import("./config.js")).config,
  judge: async () => (await import("./judge.js")).judge,
  stats: async () => (await import("./stats/stats.js")).stats,
  doctor: async () => (await import("./doctor.js")).doctor,
  store: async () => (await import("./store/store.js")).store,
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

const explain = async (error: unknown): Promise<number> => (await import("./failure.js")).explainFailure(error);

/** Runs one command line, without the program's name; resolves with the exit code and never throws. */
export const main = (args: readonly string[]): Promise<number> => run(args).catch(explain);
