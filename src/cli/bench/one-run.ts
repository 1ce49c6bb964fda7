import { clearStale, readFresh, type Written } from "../../checkout/fresh-results.js";
import type { ResultSettings } from "../../checkout/result-file.js";
import { usableFiles } from "../../evidence/results.js";
import type { BenchRun, Side } from "../../formats/bench-bundle.js";
import { readResultFile } from "../../formats/read.js";
import type { Results } from "../../model/evidence.js";
import { plain, type Text, text } from "../../model/text.js";
import { problemLine } from "../terminal.js";
import type { BenchOptions } from "./options.js";
import { type Ended, runGroup } from "./process-group.js";

/** One work tree, ready to be measured. */
export interface Prepared {
  readonly side: Side;
  readonly folder: string;
  /** Files below the globs that came with the commit or its setup. */
  readonly own: Written;
}

/** What every run needs. */
export interface Means {
  readonly options: BenchOptions;
  /** How the configuration says that result files are read. */
  readonly settings: ResultSettings;
  readonly stop: AbortSignal;
}

/** One run of the command, with what it measured. */
export interface OneRun {
  readonly run: BenchRun;
  readonly results: Results;
  /** The command's last words, where it failed. Foreign. */
  readonly tail: string;
}

/** What the commands are told: nothing that differs in length between the sides, because that moves the stack. */
export const environmentOf = (side: Side, round: number): NodeJS.ProcessEnv => ({
  ...process.env,
  REDLINE_SIDE: side,
  REDLINE_ROUND: String(round),
});

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function printed(stdout: Uint8Array): Promise<Results> {
  const file = "standard output";
  const read = await readResultFile(file, once(stdout));
  if ("run" in read) return { files: [{ file, run: read.run }] };
  return { files: [], problems: ["broken" in read ? read.broken : { ...read.unrecognized, file }] };
}

/** Why a command gave nothing, or null when it ended as it should. */
export function complaint(ended: Ended, timeout: number): Text | null {
  if (ended.how === "not-started") return text`it could not be started: ${ended.tail}`;
  if (ended.how === "timed-out") return text`it was ended after the time limit of ${timeout} s (--timeout)`;
  if (ended.how === "stopped") return text`it was interrupted`;
  if (ended.exit === null) return text`a signal ended it`;
  return ended.exit === 0 ? null : text`it ended with exit code ${ended.exit}`;
}

const outcomes = { exited: "failed", "not-started": "failed", "timed-out": "timed-out", stopped: "interrupted" } as const;

/** Why the results of a run that ended well are no results. */
function emptiness(results: Results): Text | null {
  if (usableFiles(results).length > 0) return null;
  const [file] = results.files;
  if (file?.run.noData) return text`no data in ${file.file}: ${file.run.noData}`;
  const [problem] = results.problems ?? [];
  return problem === undefined ? text`it wrote no file that --results names` : [problemLine(problem)];
}

function outcomeOf(ended: Ended, results: Results, timeout: number): Pick<BenchRun, "outcome" | "message"> {
  const why = complaint(ended, timeout);
  if (why !== null) return { outcome: outcomes[ended.how], message: plain(why) };
  const empty = emptiness(results);
  return empty === null ? { outcome: "measured", message: null } : { outcome: "no-result", message: plain(empty) };
}

/** Runs the benchmark command once in a fresh process and reads what it wrote. */
export async function runOnce({ side, folder, own }: Prepared, round: number, means: Means): Promise<OneRun> {
  const { options, settings, stop } = means;
  const { results: globs, timeout, command } = options;
  const before = await clearStale(folder, globs, own);
  const started = new Date().toISOString();
  const capture = globs.length === 0;
  const resultsOf = (ended: Ended) => (capture ? printed(ended.stdout) : readFresh(folder, globs, before, settings));
  const ended = await runGroup(command, { cwd: folder, env: environmentOf(side, round), timeout, stop, capture });
  const results = complaint(ended, timeout) === null ? await resultsOf(ended) : { files: [] };
  const { outcome, message } = outcomeOf(ended, results, timeout);
  const files = outcome === "measured" ? usableFiles(results).map(({ file }) => file) : [];
  const run = { side, round, started, seconds: ended.seconds, outcome, exit: ended.exit, files, message };
  return { run, results, tail: ended.tail };
}
