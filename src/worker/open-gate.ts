import type { GitHub } from "../github/call.js";
import { readStanding } from "../github/pulls.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import type { CheckState, GateCheck } from "./gate-check.js";

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

async function hasMoved({ github, known }: Place): Promise<boolean> {
  const standing = await readStanding(github, known, known.number);
  return standing === null || !standing.open || standing.headSha !== known.headSha || standing.baseRef !== known.baseRef;
}

/**
 * Publishes what the check shall say. After a write that opens the gate the pull request is looked at once
 * more: what moved between the reading of the facts and that write closes the gate again, and true is
 * resolved with, so that the work starts over. Writes that close it need no look.
 */
export async function publishCheck(place: Place, check: GateCheck, state: CheckState): Promise<boolean> {
  if (!(await check.publish(state)) || state.state !== "success" || !(await hasMoved(place))) return false;
  await check.close();
  return true;
}
