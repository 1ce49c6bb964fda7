import { type Text, text } from "../model/text.js";
import type { Attestation, Outcome } from "../model/verdict.js";

/** Who may tick, and what a tick is held against. */
export interface Ticking {
  readonly attestations: readonly Attestation[];
  readonly headSha: string;
  /** GitHub's id of who opened the pull request. */
  readonly authorId?: number;
}

const holds = (tick: Attestation, { headSha }: Ticking, basis: string | undefined): boolean =>
  tick.basis === undefined || basis === undefined ? tick.sha === headSha : tick.basis === basis;

const standing = ({ account }: Attestation, { authorId }: Ticking): Extract<Outcome, { status: "attested" }>["standing"] => {
  if (account?.bot) return "bot";
  return account !== undefined && account.id === authorId ? "author" : undefined;
};

/** A line that a person ticked, or why the tick that there was does not count. */
export function ticked(
  tick: Attestation,
  ticking: Ticking,
  open: { readonly reason: Text; readonly seen?: Text; readonly basis: string | undefined },
): Outcome {
  const { by, at, sha } = tick;
  if (!holds(tick, ticking, open.basis)) {
    const reason = text`${open.reason}; the tick of ${by} for ${sha.slice(0, 7)} is void: what it was about has changed since`;
    return { status: "not-checked", reason, ...(open.seen && { seen: open.seen }) };
  }
  const who = standing(tick, ticking);
  return { status: "attested", by, at, sha, reason: open.reason, ...(who && { standing: who }) };
}
