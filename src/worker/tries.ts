import { GitHubError, LeaseLostError } from "../github/errors.js";
import type { Dirty } from "../store/store.js";
import { NotYetError } from "./not-yet-error.js";

/** After so many failures of ours in a row a pull request is given up until the next event. */
export const TRIES = 8;

/** While GitHub does not answer nothing is given up, until it is this long: then the check says so. */
const OUTAGE_MS = 3_600_000;

const MAX_BACKOFF_MS = 120_000;

/** What becomes of a try that did not end well. */
export type Ending =
  /** Somebody else has the pull request. `sent`: a write of ours was under way. */
  | { readonly kind: "lost"; readonly sent: boolean }
  /** Nothing failed, and nothing is counted. */
  | { readonly kind: "later"; readonly at: Date }
  /** GitHub limits the rate of this installation. */
  | { readonly kind: "held"; readonly at: Date }
  | { readonly kind: "failed"; readonly attempt: number; readonly at: Date }
  | { readonly kind: "dead"; readonly attempt: number };

/** Exponential from one second with full jitter, in milliseconds. `random` is between 0 and 1. */
export const backoffMs = (attempt: number, random: number): number => Math.min(MAX_BACKOFF_MS, 1_000 * 2 ** attempt) * random;

/** GitHub's to mend, not ours: its silence, its errors, and a token that it does not take any more. */
const isOutage = (error: unknown): boolean =>
  error instanceof GitHubError && (error.failure.kind === "ambiguous" || error.failure.kind === "credentials");

const heldFor = (error: unknown): number | null =>
  error instanceof GitHubError && error.failure.kind === "rate-limited" ? error.failure.retryAfterMs : null;

/** What a failure means for the next try. A rate limit holds the whole installation and counts as nothing. */
export function endingOf(
  error: unknown,
  { attempt, failingSince }: Pick<Dirty, "attempt" | "failingSince">,
  now: Date,
  random: number,
): Ending {
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  if (error instanceof LeaseLostError) return { kind: "lost", sent: error.sent };
  if (error instanceof NotYetError) return { kind: "later", at: error.at };
  const heldMs = heldFor(error);
  if (heldMs !== null) return { kind: "held", at: after(heldMs) };
  const outage = isOutage(error);
  const next = outage ? Math.max(attempt, Math.min(attempt + 1, TRIES - 1)) : attempt + 1;
  const givenUp = outage ? failingSince !== null && now.getTime() - failingSince.getTime() > OUTAGE_MS : next >= TRIES;
  return givenUp ? { kind: "dead", attempt: next } : { kind: "failed", attempt: next, at: after(backoffMs(next, random)) };
}
