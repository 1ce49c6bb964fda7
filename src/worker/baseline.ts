import { readConfiguration } from "../review/configured.js";
import type { KnownPull } from "../store/store.js";
import { readRun } from "./collect-runs.js";
import type { Dependencies } from "./dependencies.js";

/**
 * Records the results of the default branch's runs, to be compared with later. Artifacts are chosen by the
 * default names: a run of the default branch belongs to no pull request whose configuration could be asked.
 */
export async function recordBaseline(known: KnownPull, dependencies: Dependencies): Promise<null> {
  const { heads, history } = dependencies.store;
  const github = await dependencies.github(known.installation);
  const { config } = readConfiguration({ path: "", text: null }, []);
  for (const run of await heads.expectedRuns(known, known.repository, known.headSha)) {
    const results = await readRun({ ...dependencies, github, repository: known }, run, config);
    const measurements = results.flatMap((result) => (result.run.noData ? [] : result.run.measurements));
    const environment = results.find((result) => result.run.environment)?.run.environment;
    if (measurements.length > 0) {
      const at = new Date(run.startedAt);
      await history.recordRun(known, { sha: known.headSha, at, onDefaultBranch: true, measurements, ...(environment && { environment }) });
    }
    await heads.forgetRun(known, known.repository, known.headSha, run);
    dependencies.log.info({ repository: known.repository, sha: known.headSha, measurements: measurements.length }, "baseline recorded");
  }
  return null;
}
