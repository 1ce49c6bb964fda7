import type { PullFacts } from "../github/facts.js";
import { readConfiguration } from "../review/configured.js";
import type { GateRecords } from "../store/gate-types.js";
import type { KnownPull } from "../store/store.js";

/**
 * A branch whose configuration blocks merges is enrolled, and a branch that is enrolled and has no configuration any
 * more is not open: a deletion must not be the way around the gate. A configuration that blocks nothing ends it.
 */
export async function withEnrolment(known: KnownPull, facts: PullFacts, gate: GateRecords): Promise<PullFacts> {
  const { base, configuration } = facts;
  const { state, config } = readConfiguration(configuration, []);
  const blockedAt = await gate.enrolled(known, base.ref);
  if (state === "none" && blockedAt !== null) return { ...facts, configuration: { ...configuration, blockedAt } };
  if (state !== "read") return facts;
  if (config.mode === "advisory" && blockedAt !== null) await gate.release(known, base.ref);
  if (config.mode === "blocking" && blockedAt !== base.sha) await gate.enrol(known, base.ref, base.sha);
  return facts;
}
