import type { Trust } from "../evidence/trust.js";
import { TRUST_LINE } from "../model/rule.js";
import { join, text } from "../model/text.js";
import type { ChecklistLine } from "../model/verdict.js";
import { type Ticking, ticked } from "./ticks.js";

const TEXT = "The results can be trusted";

/**
 * The line that asks a second person to vouch for results of a fork, or of a workflow that the change edits; only where
 * they would open the gate. A tick holds for this head and these runs: another run asks again.
 */
export function trustLine(
  { doubts, runs }: Trust,
  people: Ticking,
  digest: ((content: string) => string) | undefined,
): readonly ChecklistLine[] {
  if (doubts.length === 0) return [];
  const item = TRUST_LINE;
  const reason = text`${join(doubts, "; ")}: look at the change and its runs, then tick this line`;
  const basis = digest?.(JSON.stringify([item, people.headSha, runs])).slice(0, 24);
  const tick = people.attestations.find((attestation) => attestation.item === item);
  const outcome = tick === undefined ? ({ status: "not-checked", reason } as const) : ticked(tick, people, { reason, basis });
  return [{ item, text: TEXT, gate: false, required: true, outcome, ...(basis !== undefined && { basis }) }];
}
