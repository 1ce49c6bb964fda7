import { plain, text } from "../model/text.js";
import type { Verdict } from "../model/verdict.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { type CheckState, openGateCheck } from "./gate-check.js";

const NOT_MEASURED = "The group's own commit was not measured; the verdict is the one that the pull request has on its own head.";

const unknown: CheckState = {
  state: "action_required",
  output: {
    title: "No verdict to carry into the merge queue",
    summary: "Redline has not judged the pull request of this group. Take it out of the queue, re-run its check, and queue it again.",
  },
};

const carried = (verdict: Verdict, { number, headSha }: KnownPull): CheckState => ({
  state: verdict.conclusion,
  output: {
    title: plain(text`Carried from #${number}: ${verdict.title}`).slice(0, 255),
    summary: `${NOT_MEASURED} Judged head: ${headSha}.`,
  },
});

/**
 * Answers a merge group, always: the queue waits for the check. The verdict is carried from the pull
 * request that the group's branch names, on the head that is known of it; without one the gate is closed.
 */
export async function reconcileMergeGroup(known: KnownPull, dependencies: Dependencies): Promise<void> {
  const { pulls } = dependencies.store;
  const github = await dependencies.github(known.installation);
  const { installation, repository, number } = known;
  const pull = number === 0 ? null : await pulls.get({ installation, repository, number });
  const verdict = pull && pull.baseRef === known.baseRef ? await pulls.verdict(pull, pull.headSha) : null;
  const check = await openGateCheck({ github, known, dependencies }, false);
  await check.publish(pull && verdict && !verdict.awaiting ? carried(verdict, pull) : unknown);
}
