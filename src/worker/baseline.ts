import { isNamedWorkflow } from "../config/workflows.js";
import { isProfile } from "../evidence/delivered-profiles.js";
import { isRuntime } from "../evidence/delivered-runtime.js";
import { isSchemaResult } from "../evidence/delivered-sql.js";
import { withoutFailing } from "../evidence/failing-endpoints.js";
import { holdsCommit } from "../github/ancestry.js";
import type { GitHub } from "../github/call.js";
import { readConfigurationAt } from "../github/configuration.js";
import { readConfiguration } from "../review/configured.js";
import { DEFAULT_BRANCH, type KnownPull } from "../store/store.js";
import { readRun } from "./collect-runs.js";
import type { Dependencies } from "./dependencies.js";
import { reportShifts } from "./shifts.js";

/**
 * A run says itself on which branch it was, and a tag may bear a branch's name. What a push brought to the default branch
 * is known; of anything else GitHub is asked whether the branch holds it.
 */
async function isOfBranch(known: KnownPull, github: GitHub, { store }: Dependencies): Promise<boolean> {
  return (await store.history.isKnown(known, known.headSha)) || (await holdsCommit(github, known, known.baseRef, known.headSha));
}

/** Records the results of the default branch's runs, to be compared with later; the configuration is that commit's own. */
export async function recordBaseline(known: KnownPull, dependencies: Dependencies): Promise<void> {
  const { heads, history, gate } = dependencies.store;
  const github = await dependencies.github(known.installation);
  const runs = await heads.expectedRuns(known, DEFAULT_BRANCH, known.headSha);
  if (!(await isOfBranch(known, github, dependencies))) {
    for (const run of runs) await heads.forgetRun(known, DEFAULT_BRANCH, known.headSha, run);
    dependencies.log.warn(
      { repository: known.repository, sha: known.headSha },
      "results of a commit that the default branch does not hold are no baseline",
    );
    return;
  }
  const { config } = readConfiguration(await readConfigurationAt(github, known, known.headSha), []);
  for (const run of runs.filter(({ workflow }) => isNamedWorkflow(config.evidence.workflows, workflow))) {
    const results = await readRun({ ...dependencies, github, repository: known }, run, config);
    await gate.recordResults(known, known.headSha, run, results.length);
    const kept = [...results.filter(isSchemaResult).slice(-1), ...results.filter((one) => isRuntime(one) || isProfile(one))];
    if (kept.length > 0) await heads.saveResults(known, DEFAULT_BRANCH, known.headSha, kept, run);
    const measurements = results.flatMap((result) => (result.run.noData ? [] : withoutFailing(result.run, config).measurements));
    const environment = results.find((result) => result.run.environment)?.run.environment;
    if (measurements.length > 0) {
      const at = new Date(run.startedAt);
      await history.recordRun(known, { sha: known.headSha, at, onDefaultBranch: true, measurements, ...(environment && { environment }) });
    }
    if (measurements.length > 0) await reportShifts(known, environment, dependencies);
    dependencies.log.info({ repository: known.repository, sha: known.headSha, measurements: measurements.length }, "baseline recorded");
  }
  for (const run of runs) await heads.forgetRun(known, DEFAULT_BRANCH, known.headSha, run);
}
