import { isProfile } from "../evidence/delivered-profiles.js";
import { isRuntime } from "../evidence/delivered-runtime.js";
import { isSchemaResult } from "../evidence/delivered-sql.js";
import { withoutFailing } from "../evidence/failing-endpoints.js";
import { readConfigurationAt } from "../github/configuration.js";
import { readConfiguration } from "../review/configured.js";
import type { KnownPull } from "../store/store.js";
import { readRun } from "./collect-runs.js";
import type { Dependencies } from "./dependencies.js";
import { reportShifts } from "./shifts.js";

/** Records the results of the default branch's runs, to be compared with later; the configuration is that commit's own. */
export async function recordBaseline(known: KnownPull, dependencies: Dependencies): Promise<void> {
  const { heads, history } = dependencies.store;
  const github = await dependencies.github(known.installation);
  const { config } = readConfiguration(await readConfigurationAt(github, known, known.headSha), []);
  for (const run of await heads.expectedRuns(known, known.repository, known.headSha)) {
    const results = await readRun({ ...dependencies, github, repository: known }, run, config);
    const kept = [...results.filter(isSchemaResult).slice(-1), ...results.filter((one) => isRuntime(one) || isProfile(one))];
    if (kept.length > 0) await heads.saveResults(known, known.repository, known.headSha, kept, run);
    const measurements = results.flatMap((result) => (result.run.noData ? [] : withoutFailing(result.run, config).measurements));
    const environment = results.find((result) => result.run.environment)?.run.environment;
    if (measurements.length > 0) {
      const at = new Date(run.startedAt);
      await history.recordRun(known, { sha: known.headSha, at, onDefaultBranch: true, measurements, ...(environment && { environment }) });
    }
    if (measurements.length > 0) await reportShifts(known, environment, dependencies);
    await heads.forgetRun(known, known.repository, known.headSha, run);
    dependencies.log.info({ repository: known.repository, sha: known.headSha, measurements: measurements.length }, "baseline recorded");
  }
}
