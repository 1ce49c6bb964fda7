import type { Config } from "../config/config.js";
import { changedRoutes, coverageOf } from "../evidence/coverage.js";
import { exerciseOf } from "../evidence/covers.js";
import { isLoadTestFile, readLoadTests } from "../evidence/load-tests.js";
import type { Sources } from "../evidence/sources.js";
import type { Collected } from "../model/collected.js";
import type { Coverage } from "../model/coverage.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";

type Facts = Pick<CollectedEvidence, "changes" | "source" | "results" | "runtime">;

/** What asks for a benchmark or a load test. The repository is read only for a change of routes: it costs a download. */
export async function gatherCoverage(
  sources: Pick<Sources, "tree">,
  snapshot: Snapshot,
  config: Config,
  facts: Facts,
): Promise<Collected<Coverage>> {
  const { changes, source, results, runtime } = facts;
  if (changes.status === "absent") return changes;
  const routes = changedRoutes(source, changes.value);
  const isAsked = routes.status === "collected" && routes.value.length > 0;
  const tree = isAsked ? await sources.tree(snapshot, (path) => isLoadTestFile(path, config.paths)) : NO_FILES;
  const loadTests = readLoadTests(tree, changes.value.files, config);
  const exercise = exerciseOf(results, runtime, changes.value);
  return { status: "collected", value: coverageOf({ changes: changes.value, source, exercise, config }, routes, loadTests) };
}

const NO_FILES = { status: "collected", value: { files: [] } } as const;
