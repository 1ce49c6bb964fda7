import { type CheckState, gateCheckOf } from "./gate-check.js";
import type { PullPlace } from "./pull-place.js";

const left: CheckState = {
  state: "action_required",
  output: {
    title: "Judged again when this commit is the head again",
    summary:
      "No open pull request has this head and base branch now, and what was said here need not hold any more: a workflow run of the commit has ended since, or an override had opened it, which ends where it is left.",
  },
};

/**
 * Closes what the pull request left open and what may be wrong by now: on a head or for a base branch that it had before,
 * or while it is closed. A push or a retarget back, or a reopening, would find it open before any event of it arrives.
 * @throws GitHubError
 */
export async function closeLeft({ known, dependencies }: Omit<PullPlace, "github">): Promise<void> {
  const checks = await dependencies.store.publications.left(known);
  if (checks.length === 0) return;
  const github = await dependencies.github(known.installation);
  for (const { headSha, baseRef } of checks) {
    const writer = await gateCheckOf({ github, dependencies, known: { ...known, headSha, baseRef } });
    await writer.write(left);
  }
}
