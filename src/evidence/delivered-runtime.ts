import type { Collected } from "../model/collected.js";
import type { ResultFile, Results } from "../model/evidence.js";
import type { RuntimeRun } from "../model/runtime.js";
import { text } from "../model/text.js";
import { runtimeRuns } from "./runtime-runs.js";

/** Result files that measure, and those that tell what a test run did. */
export interface RuntimeApart {
  readonly results: Collected<Results>;
  readonly runtime: readonly ResultFile[];
}

export const isRuntime = ({ run }: ResultFile): boolean => run.runtime !== undefined;

/** Counts are no measurements: with nothing else there are no results. */
export function withoutRuntime(results: Collected<Results>): RuntimeApart {
  if (results.status === "absent") return { results, runtime: [] };
  const { files, problems = [] } = results.value;
  const runtime = files.filter(isRuntime);
  if (runtime.length === 0) return { results, runtime };
  const rest = files.filter((file) => !isRuntime(file));
  return {
    results:
      rest.length === 0 && problems.length === 0
        ? { status: "absent", reason: text`only records of test runs were handed in, and no result file` }
        : { status: "collected", value: { ...results.value, files: rest } },
    runtime,
  };
}

/** What the tests of a commit of the base branch did. */
export interface BaseRuntime {
  readonly sha: string;
  /** First-parent steps from the merge base; 0 is the merge base itself. */
  readonly distance: number;
  readonly runs: readonly RuntimeRun[];
}

/** The records that the files of one commit of the base branch hold; null where they hold none. */
export function baseRuntimeOf(files: readonly ResultFile[], sha: string, distance: number): BaseRuntime | null {
  const runs = runtimeRuns(files, sha);
  return runs.length === 0 ? null : { sha, distance, runs };
}
