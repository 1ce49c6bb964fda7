import type { Config } from "../config/config.js";
import { withoutProfiles } from "../evidence/delivered-profiles.js";
import { withoutRuntime } from "../evidence/delivered-runtime.js";
import { countRuntime } from "../evidence/runtime.js";
import { runtimeRuns } from "../evidence/runtime-runs.js";
import type { Sources } from "../evidence/sources.js";
import type { Collected } from "../model/collected.js";
import type { RuntimeCounts } from "../model/counts.js";
import type { ResultFile, Results } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import type { Snapshot } from "../model/pull-request.js";

/** What the tests of the head did, and the results without it. */
export interface GatheredRuntime {
  readonly results: Collected<Results>;
  readonly runtime: Collected<RuntimeCounts>;
  /** CPU profiles of the head. */
  readonly profiles: readonly ResultFile[];
  readonly problems: readonly Problem[];
}

const problemsOf = ({ file, run }: ResultFile): readonly Problem[] => [
  ...(run.noData ? [{ level: "error", code: "no-data", message: run.noData, file } as const] : []),
  ...run.problems.map((problem) => ({ file, ...problem })),
];

/** Takes profiles and the records of test runs out of the head's results, and counts the latter. The base's are asked for only where there are some. */
export async function gatherRuntime(
  sources: Sources,
  snapshot: Snapshot,
  config: Config,
  delivered: Promise<Collected<Results>>,
): Promise<GatheredRuntime> {
  const { results: unprofiled, profiles } = withoutProfiles(await delivered);
  const { results, runtime: files } = withoutRuntime(unprofiled);
  const runs = runtimeRuns(files, snapshot.head.sha);
  const base = runs.length === 0 ? null : ((await sources.baseRuntime?.(snapshot, config)) ?? null);
  const problems = [...files, ...profiles].flatMap(problemsOf);
  return { results, runtime: countRuntime(runs, base, config.runtime.allow), profiles, problems };
}
