import { newShifts, type Shift, shiftKey } from "../evidence/level-shifts.js";
import type { GitHub } from "../github/call.js";
import { createCheck } from "../github/checks.js";
import { mergedPulls } from "../github/pulls.js";
import type { Environment } from "../model/measurement.js";
import { renderShifts } from "../report/shifts.js";
import type { KnownPull, RecordedShift } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { digest } from "./gate-check.js";

/** A step must have five runs behind it; a hundred runs are enough to see where the level was. */
const RUNS = 100;

/** Not the gate's name: nobody can require what appears only on commits that changed a level. */
const NAME = "redline-history";

async function wasFlagged(shift: Shift, pulls: readonly number[], known: KnownPull, { store }: Dependencies): Promise<boolean> {
  const { installation, repository } = known;
  const verdicts = await Promise.all(pulls.map((number) => store.pulls.verdicts({ installation, repository, number })));
  return verdicts.flat().some(({ flagged = [] }) => flagged.includes(shiftKey(shift)));
}

async function publish(known: KnownPull, sha: string, dependencies: Dependencies, github: GitHub): Promise<void> {
  const { history, publications } = dependencies.store;
  const all = await history.shifts(known);
  const here = all.filter((shift) => shift.sha === sha);
  const externalId = digest([known.installation, known.repository, sha, NAME]).slice(0, 32);
  const check = { name: NAME, headSha: sha, externalId, state: "success", output: renderShifts(here, all) } as const;
  const checkRunId = await createCheck(github, known, check);
  const written = { checkRunId, checkState: "success", checkDigest: null, annotationsDigest: null, runs: null, since: dependencies.now() };
  await publications.save(known, sha, NAME, written);
}

/**
 * The pass over the default branch after a run was recorded: finds series that stay at another level since some commit,
 * remembers whether the reviews had said so, and reports each on its commit. One call a pull request lookup, one a check.
 */
export async function reportShifts(known: KnownPull, machine: Environment | undefined, dependencies: Dependencies): Promise<void> {
  const { history } = dependencies.store;
  const github = await dependencies.github(known.installation);
  const before = await history.shifts(known);
  const found = (await history.timelines(known, known.headSha, RUNS, machine)).flatMap((timeline) => newShifts(timeline, before));
  for (const sha of new Set(found.map((shift) => shift.sha))) {
    const here = found.filter((one) => one.sha === sha);
    const commits = await history.between(known, here[0]?.before ?? sha, sha);
    const pulls = await mergedPulls(github, known, commits);
    for (const shift of here) {
      const recorded: RecordedShift = {
        ...shift,
        at: dependencies.now().toISOString(),
        pulls,
        flagged: await wasFlagged(shift, pulls, known, dependencies),
      };
      await history.recordShift(known, recorded);
      dependencies.log.info(
        { repository: known.repository, sha, effect: shift.effect, pulls, flagged: recorded.flagged },
        "level shift found",
      );
    }
    await publish(known, sha, dependencies, github);
  }
}
