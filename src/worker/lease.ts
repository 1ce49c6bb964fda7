import { LeaseLostError } from "../github/errors.js";
import type { Dirty, DirtySet } from "../store/store.js";

/** How long a claim lasts unless it is renewed: a process that was killed keeps others waiting for this long. */
export const LEASE_MS = 15_000;

/** Proven so short a part of its time ago, a lease cannot have ended. */
const FRESH_PART = 1 / 15;

export interface LeaseOptions {
  readonly dirtySet: Pick<DirtySet, "renew">;
  readonly dirty: Dirty;
  readonly owner: string;
  /** How long it lasts, in milliseconds. */
  readonly leaseMs: number;
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
}

/** The right to write for one pull request. Renewing is proving: one statement does both. */
export class Lease {
  readonly #options: LeaseOptions;
  #provenAt = Number.NEGATIVE_INFINITY;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  /** Makes it last its whole time from now. False: somebody else has the pull request. */
  async renew(): Promise<boolean> {
    const { dirtySet, dirty, owner, leaseMs, monotonic } = this.#options;
    const asked = monotonic();
    const held = await dirtySet.renew(dirty, owner, leaseMs);
    this.#provenAt = held ? asked : Number.NEGATIVE_INFINITY;
    return held;
  }

  /** Before a write: asks the store, and again while the answer itself took so long that it may be old. @throws LeaseLostError */
  async prove(): Promise<void> {
    do if (!(await this.renew())) throw new LeaseLostError(false);
    while (!this.#isFresh());
  }

  /** The same without a question where the last answer is still good. `sent`: the write went out already. @throws LeaseLostError */
  async confirm(sent: boolean): Promise<void> {
    if (!this.#isFresh() && !(await this.renew())) throw new LeaseLostError(sent);
  }

  #isFresh(): boolean {
    const { monotonic, leaseMs } = this.#options;
    return monotonic() - this.#provenAt < leaseMs * FRESH_PART;
  }
}
