import type { Dirty } from "../store/store.js";
import { recordBaseline } from "./baseline.js";
import { announceCheck } from "./branch-check.js";
import type { Dependencies } from "./dependencies.js";
import { reconcileMergeGroup } from "./merge-group.js";
import { reconcilePull } from "./pull.js";

/**
 * Does what one mark asks for and resolves with the time to look again, or null. `group` names work that
 * is no pull request's: `baseline:…`, `installation`, or the head SHA of a merge group.
 */
export async function reconcile({ key, reason }: Dirty, dependencies: Dependencies): Promise<Date | null> {
  const known = await dependencies.store.pulls.get(key);
  if (!known) return null;
  if (key.group?.startsWith("baseline:")) return recordBaseline(known, dependencies);
  if (key.group === "installation") return announceCheck(known, dependencies);
  if (!known.open) return null;
  return key.group === undefined ? reconcilePull(known, reason, dependencies) : reconcileMergeGroup(known, dependencies);
}
