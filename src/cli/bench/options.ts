import { parseArgs } from "node:util";
import { type QuantityKind, readQuantity } from "../../config/quantities.js";
import { UsageError } from "../usage.js";

const OPTIONS = {
  repo: { type: "string", default: "." },
  base: { type: "string" },
  head: { type: "string", default: "HEAD" },
  "exact-base": { type: "boolean", default: false },
  rounds: { type: "string", default: "3" },
  "max-rounds": { type: "string" },
  setup: { type: "string" },
  results: { type: "string", multiple: true, default: [] as string[] },
  stdout: { type: "boolean", default: false },
  output: { type: "string", default: "redline-bench.json" },
  "min-effect": { type: "string" },
  "block-effect": { type: "string" },
  timeout: { type: "string", default: "10m" },
  keep: { type: "boolean", default: false },
} as const;

/** A base that nobody overtook within so many rounds is not found by more of them. */
const MOST_ROUNDS = 100;
const USUAL_MAXIMUM = 8;
/** Longer than any job of GitHub Actions may take on its own runners. */
const LONGEST_TIMEOUT = 6 * 3600;

/** What the command line asks for. Times in seconds, effects as ratios. */
export interface BenchOptions {
  readonly repository: string;
  readonly base: string;
  readonly head: string;
  /** Compare with `base` itself, and not with the merge base. */
  readonly exactBase: boolean;
  readonly rounds: number;
  readonly maxRounds: number;
  readonly setup?: string;
  /** Globs of result files below a work tree; empty when the result is what the command prints. */
  readonly results: readonly string[];
  readonly output: string;
  readonly minEffect?: number;
  readonly blockEffect?: number;
  readonly timeout: number;
  readonly keep: boolean;
  /** One word is a line for the shell, several are a program and its arguments. */
  readonly command: readonly string[];
}

function rounds(flag: string, raw: string, least: number): number {
  const number = /^\d{1,3}$/u.test(raw) ? Number(raw) : Number.NaN;
  if (number >= least && number <= MOST_ROUNDS) return number;
  throw new UsageError(`${flag} ${raw} is not possible; write a whole number from ${least} to ${MOST_ROUNDS}`);
}

function quantity(kind: QuantityKind, flag: string, raw: string): number {
  const read = readQuantity(kind, raw);
  if (typeof read === "number" && read > 0) return read;
  throw new UsageError(`${flag} ${raw} ${typeof read === "number" ? "is nothing; write more than 0" : `${read.why}; ${read.write}`}`);
}

function timeout(raw: string): number {
  const seconds = quantity("duration", "--timeout", raw);
  if (seconds <= LONGEST_TIMEOUT) return seconds;
  throw new UsageError(`--timeout ${raw} is too long; write at most 6h`);
}

/** Only what a run wrote into its own work tree is a result, and only there files are removed between runs. */
function refuseOutside(patterns: readonly string[]): void {
  const outside = patterns.find((pattern) => pattern.startsWith("/") || pattern.split("/").includes(".."));
  if (outside === undefined) return;
  throw new UsageError(`--results ${outside} is outside of the work tree; have the command write below its working directory`);
}

function resultsOf(globs: readonly string[], stdout: boolean): readonly string[] {
  if (stdout && globs.length > 0) throw new UsageError("write --results GLOB or --stdout, not both");
  if (!stdout && globs.length === 0) {
    throw new UsageError("say where the command leaves its result: --results GLOB, or --stdout for what it prints");
  }
  refuseOutside(globs);
  return globs;
}

/** @throws UsageError, or Node's own of an argument that nobody knows. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const end = args.indexOf("--");
  const command = end < 0 ? [] : args.slice(end + 1);
  const { values } = parseArgs({ args: end < 0 ? [...args] : args.slice(0, end), options: OPTIONS });
  if (values.base === undefined) throw new UsageError("name the revision to compare with: --base REV");
  if (command.length === 0)
    throw new UsageError("write the benchmark command last, behind --: redline bench --base main ... -- npm run bench");
  const first = rounds("--rounds", values.rounds, 1);
  return {
    ...{ repository: values.repo, base: values.base, head: values.head, exactBase: values["exact-base"] },
    rounds: first,
    maxRounds: rounds("--max-rounds", values["max-rounds"] ?? String(Math.max(first, USUAL_MAXIMUM)), first),
    ...(values.setup !== undefined && { setup: values.setup }),
    results: resultsOf(values.results, values.stdout),
    output: values.output,
    ...(values["min-effect"] !== undefined && { minEffect: quantity("share", "--min-effect", values["min-effect"]) }),
    ...(values["block-effect"] !== undefined && { blockEffect: quantity("share", "--block-effect", values["block-effect"]) }),
    timeout: timeout(values.timeout),
    ...{ keep: values.keep, command },
  };
}
