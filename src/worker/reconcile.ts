import type { Dirty, KnownPull } from "../store/store.js";
import { accounted } from "./account.js";
import { recordBaseline } from "./baseline.js";
import { announceCheck } from "./branch-check.js";
import { standStill } from "./dead-letter.js";
import type { Dependencies } from "./dependencies.js";
import { closeLeft } from "./left-checks.js";
import { reconcileMergeGroup } from "./merge-group.js";
import { isParked, park } from "./parked.js";
import { reconcilePull } from "./pull.js";
import { earlier, sweep } from "./sweep.js";

/** Work that is no pull request's is done once, and what stands for it in the store is closed again; but for a merge group's. */
async function other(known: KnownPull, dependencies: Dependencies): Promise<Date | null> {
  const kind = known.group?.split(":", 1)[0];
  if (kind === "baseline") await recordBaseline(known, dependencies);
  else if (kind === "installation") await announceCheck(known, dependencies);
  else return reconcileMergeGroup(known, dependencies);
  await dependencies.store.pulls.observe({ ...known, open: false });
  return null;
}

async function work(known: KnownPull, reason: string, dependencies: Dependencies): Promise<Date | null> {
  if (known.group !== undefined) return known.open ? other(known, dependencies) : null;
  if (!known.open) {
    await closeLeft({ known, dependencies });
    return null;
  }
  const troubled = await dependencies.store.inbox.troubled(known);
  return troubled.length > 0 ? standStill(known, reason, troubled, dependencies) : reconcilePull(known, reason, dependencies);
}

/**
 * Does what one mark asks for and resolves with the time to look again, or null. `group` names work that
 * is no pull request's: `baseline:…`, `installation:…`, or the head SHA of a merge group.
 */
export const reconcile = (dirty: Dirty, dependencies: Dependencies): Promise<Date | null> =>
  accounted(dirty, dependencies, (scoped) => reconcileMark(dirty, scoped));

async function reconcileMark(dirty: Dirty, dependencies: Dependencies): Promise<Date | null> {
  const { key, reason } = dirty;
  const known = await dependencies.store.pulls.get(key);
  if (!known || (await isParked(dirty, dependencies))) return null;
  try {
    const again = await work(known, reason, dependencies);
    return earlier(again, await sweep(known, dependencies));
  } catch (error) {
    const consequence = await park(error, known, dependencies);
    if (consequence === "none") throw error;
    return consequence === "parked" ? null : dependencies.now();
  }
}
