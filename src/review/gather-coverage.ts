import type { Config } from "../config/config.js";
import { changedRoutes, coverageOf } from "../evidence/coverage.js";
import { exerciseOf } from "../evidence/covers.js";
import { isProfile } from "../evidence/delivered-profiles.js";
import { isLoadTestFile, readLoadTests } from "../evidence/load-tests.js";
import type { Sources } from "../evidence/sources.js";
import type { Collected } from "../model/collected.js";
import type { Coverage } from "../model/coverage.js";
import type { CollectedEvidence, ResultFile } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";

interface Facts extends Pick<CollectedEvidence, "changes" | "source" | "results" | "runtime"> {
  /** Profiles of the head. */
  readonly profiles?: readonly ResultFile[];
}

/** Those of the base are asked for only where there is code that they could speak of. */
async function baseProfiles(
  sources: GivenSources,
  snapshot: Snapshot,
  config: Config,
  source: Facts["source"],
): Promise<readonly ResultFile[]> {
  if (source.status === "absent" || source.value.files.length + source.value.skipped.length === 0) return [];
  return ((await sources.baseResults?.(snapshot, config)) ?? []).filter(isProfile);
}

type GivenSources = Pick<Sources, "tree" | "baseResults">;

/** What asks for a benchmark or a load test. The repository is read only for a change of routes: it costs a download. */
export async function gatherCoverage(
  sources: GivenSources,
  snapshot: Snapshot,
  config: Config,
  facts: Facts,
): Promise<Collected<Coverage>> {
  const { changes, source, results, runtime, profiles: head = [] } = facts;
  if (changes.status === "absent") return changes;
  const routes = changedRoutes(source, changes.value);
  const isAsked = routes.status === "collected" && routes.value.length > 0;
  const tree = isAsked ? await sources.tree(snapshot, (path) => isLoadTestFile(path, config.paths)) : NO_FILES;
  const loadTests = readLoadTests(tree, changes.value.files, config);
  const exercise = exerciseOf(results, runtime, changes.value);
  const profiles = { base: await baseProfiles(sources, snapshot, config, source), head };
  return { status: "collected", value: coverageOf({ changes: changes.value, source, exercise, config, profiles }, routes, loadTests) };
}

const NO_FILES = { status: "collected", value: { files: [] } } as const;
