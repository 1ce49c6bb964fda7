import { stat } from "node:fs/promises";
import { glob } from "tinyglobby";
import { environmentDifferences } from "../evidence/environments.js";
import { claimOf, companions } from "../formats/companions.js";
import type { ReadResult } from "../formats/read.js";
import { SQL_FILE } from "../formats/sql-file.js";
import type { Collected } from "../model/collected.js";
import type { Baseline, ResultFile, Results } from "../model/evidence.js";
import { seriesKey } from "../model/evidence.js";
import type { Environment, Measurement, Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type ResultSettings, readResultAt } from "./result-file.js";

const byName = new Intl.Collator("en", { numeric: true });

/** The files of these globs, each once, in the order of the globs and by natural name within one. */
async function expand(
  patterns: readonly string[],
  cwd: string,
): Promise<{ readonly files: readonly string[]; readonly problems: readonly Problem[] }> {
  const files = new Set<string>();
  const problems: Problem[] = [];
  for (const pattern of patterns) {
    const found = await glob([pattern], { cwd, dot: true, absolute: false, expandDirectories: false });
    if (found.length === 0)
      problems.push({
        level: "error",
        code: "no-file",
        message: text`no file matches ${pattern}`,
        remedy: text`check the path; globs start at ${cwd}`,
      });
    for (const file of found.sort(byName.compare)) files.add(file);
  }
  return { files: [...files], problems };
}

/** A file that was read, and how; or one that is none. */
type Read = { readonly file: string; readonly result: ReadResult } | Problem;

async function readOne(file: string, cwd: string, settings: ResultSettings): Promise<Read> {
  const path = file.startsWith("/") ? file : `${cwd}/${file}`;
  if (!(await stat(path)).isFile()) return { level: "error", code: "no-file", message: text`${file} is not a file`, file };
  return { file, result: await readResultAt(path, file, settings) };
}

function outcome(read: Read): ResultFile | Problem {
  if ("code" in read) return read;
  const { file, result } = read;
  if ("run" in result) return { file, run: result.run };
  return { ...("broken" in result ? result.broken : result.unrecognized), level: "error", file };
}

/** A glob such as `new/*.json` also names the files that only belong to a result file: nothing is said of them. */
function withoutCompanions(reads: readonly Read[]): readonly Read[] {
  const claimed = reads.flatMap((read) => ("code" in read ? [] : claimOf(read.file, read.result)));
  const belongs = companions(claimed);
  return reads.filter((read) => "code" in read || !("unrecognized" in read.result && belongs(read.file)));
}

const isProblem = (read: ResultFile | Problem): read is Problem => "code" in read;

/** Every result file of these globs; a file that a person names and nobody can read is an error. */
export async function readResults(patterns: readonly string[], cwd: string, settings: ResultSettings = {}): Promise<Results> {
  const { files, problems } = await expand(patterns, cwd);
  const read = await readFiles(files, cwd, settings);
  return { ...read, problems: [...problems, ...(read.problems ?? [])] };
}

/** These result files, by path from `cwd`; one that nobody can read is an error. */
export async function readFiles(files: readonly string[], cwd: string, settings: ResultSettings = {}): Promise<Results> {
  const reads: Read[] = [];
  for (const file of files) reads.push(await readOne(file, cwd, settings));
  const read = withoutCompanions(reads).map(outcome);
  return { files: read.filter((one): one is ResultFile => !isProblem(one)), problems: read.filter(isProblem) };
}

/** Every series' values before its last one, which is the baseline itself. */
const historyOf = (runs: readonly ResultFile[]): ReadonlyMap<string, readonly number[]> => {
  const history = new Map<string, number[]>();
  for (const { run } of runs) {
    for (const measurement of run.measurements) {
      const values = history.get(seriesKey(measurement)) ?? [];
      history.set(seriesKey(measurement), [...values, measurement.value]);
    }
  }
  return new Map([...history].map(([series, values]) => [series, values.slice(0, -1)]));
};

/** Runs known to be of another machine than the last say nothing about its noise. */
const onMachine = (runs: readonly ResultFile[], machine: Environment | undefined): readonly ResultFile[] =>
  runs.filter(({ run }) => environmentDifferences(run.environment, machine).length === 0);

/**
 * Baseline files as runs of the merge base, oldest first: the last value of each series is the baseline, the others,
 * of the same machine, are its history.
 */
export function baselineOf(given: Results, sha: string): Collected<Baseline> {
  const results = {
    ...given,
    files: given.files.filter(({ run }) => run.format !== SQL_FILE && run.runtime === undefined && run.profile === undefined),
  };
  const problems = results.problems ?? [];
  if (results.files.length === 0) {
    const reason = problems[0]?.message ?? text`no baseline result file was given (--baseline-results)`;
    return { status: "absent", reason };
  }
  const latest = new Map<string, Measurement>();
  const environment = results.files.findLast(({ run }) => run.environment !== undefined)?.run.environment;
  const runs = onMachine(results.files, environment);
  for (const { run } of runs) for (const measurement of run.measurements) latest.set(seriesKey(measurement), measurement);
  return {
    status: "collected",
    value: {
      sha,
      distance: 0,
      measurements: [...latest.values()],
      history: historyOf(runs),
      ...(environment && { environment }),
      problems,
    },
  };
}
