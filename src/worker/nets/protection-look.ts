import { checkName } from "../../github/checks.js";
import { checkSources, requiredChecks } from "../../github/rules.js";
import type { WatchedPull } from "../../store/store.js";
import type { NetDependencies } from "./dependencies.js";
import type { LookPlace } from "./repository-look.js";

/** Rules change seldom: a branch's are read this often, and no event waits for it. */
const KEPT_MS = 12 * 3_600_000;

/** Branches of one repository that are looked at in one look, two calls each. */
const BRANCHES = 5;

async function look(place: LookPlace, branch: string, { headSha }: WatchedPull, { store, appId }: NetDependencies): Promise<void> {
  const known = await store.gate.rules(place, branch);
  if (known !== null && place.now.getTime() - known.readAt.getTime() < KEPT_MS) return;
  const required = await requiredChecks(place.github, place, branch, checkName(branch));
  const sources = await checkSources(place.github, place, headSha, checkName(branch));
  await store.gate.saveRules(place, branch, { required, others: sources.filter((source) => source !== appId) }, place.now);
}

/** Reads what protects the branches whose configuration blocks merges and into which something is open: the check warns of what is weak. */
export async function lookAtProtection(place: LookPlace, open: readonly WatchedPull[], dependencies: NetDependencies): Promise<void> {
  const newest = new Map(open.filter((pull) => pull.open).map((pull) => [pull.baseRef, pull]));
  let looked = 0;
  for (const [branch, pull] of newest) {
    if ((await dependencies.store.gate.enrolled(place, branch)) === null) continue;
    looked += 1;
    if (looked <= BRANCHES) await look(place, branch, pull, dependencies);
  }
}
