import type { PullKey } from "./known.js";

/** One webhook delivery, as the front door took it in. */
export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installation: number | null;
  readonly repository: number | null;
  readonly pull: number | null;
  /** The JSON body, as `pack` of packed.ts makes it. */
  readonly body: Uint8Array;
  readonly receivedAt: Date;
}

/** A pull request to be reconciled. `sequence` grows with every mark; clearing names the one that was worked on. */
export interface Dirty {
  readonly key: PullKey;
  readonly sequence: number;
  readonly reason: string;
  /** GitHub's id of the delivery that marked it last; null when a net or the worker itself did. */
  readonly delivery?: string | null;
  /** Grows with every claim: who holds an older one has lost the pull request to another worker. */
  readonly fence: number;
  /** Failures since the last event; a claim that ran out without an answer is one. */
  readonly attempt: number;
  /** When the first of them was. */
  readonly failingSince: Date | null;
}

/** How a try ended that failed. */
export interface FailedTry {
  readonly message: string;
  /** What the next claim finds as `attempt`. */
  readonly attempt: number;
  /** When it is tried again; null: never, until something marks it. */
  readonly again: Date | null;
}

/** A mark that was given up; the next event revives it. */
export interface DeadMark {
  readonly key: PullKey;
  readonly reason: string;
  readonly message: string;
  readonly at: Date;
}

export interface Inbox {
  /**
   * Commits the delivery, and the dirty key when the pull request is already known from the payload, in
   * one transaction; durable when it resolves. Calls that come together are committed together. A delivery
   * that is already done has no second effect. The mark is due at `runAt`, or at once. `owner` dispatches
   * it, and has the lease for that long.
   */
  receive(
    delivery: Delivery,
    dirty: { readonly key: PullKey; readonly reason: string; readonly runAt?: Date } | null,
    lease?: DeliveryLease,
  ): Promise<"received" | "done">;
  /** Deliveries not yet done, oldest first, whoever dispatches them. */
  pending(): Promise<readonly Delivery[]>;
  /** Those of them that are not done, as they were received, in no order. */
  read(guids: readonly string[]): Promise<readonly Delivery[]>;
  /** Takes over at most `limit` deliveries that nobody dispatches (any more), oldest first. */
  takeOver(lease: DeliveryLease, limit: number): Promise<readonly Delivery[]>;
  /** Keeps everything that this owner dispatches for that long. */
  renew(lease: DeliveryLease): Promise<void>;
  done(guid: string): Promise<void>;
  /** Counts a failed attempt; after `limit` attempts the delivery is parked as dead and false is returned. */
  failed(guid: string, message: string, limit: number): Promise<boolean>;
  /** Deliveries of the pull request that failed and are not done: its gate stays closed meanwhile. */
  troubled(key: PullKey): Promise<readonly TroubledDelivery[]>;
  /** Gives the pull request's dead deliveries another life. */
  revive(key: PullKey): Promise<void>;
  /** At boot, where no other process can be alive: nobody dispatches anything. */
  recover(): Promise<void>;
  /** At the end of a process: what this owner has not done is anybody's. */
  leave(owner: string): Promise<void>;
}

export interface TroubledDelivery {
  readonly guid: string;
  /** Not tried again by itself. */
  readonly dead: boolean;
}

/** Who dispatches, and for how many milliseconds unless it renews. */
export interface DeliveryLease {
  readonly owner: string;
  readonly leaseMs: number;
}

/**
 * Marks, each held by one worker at a time. Times of leases are the database's own, so that no process's
 * clock can make two owners; an expired lease is anybody's, with a higher fence.
 */
export interface DirtySet {
  /**
   * Raises the mark; due at `runAt` or earlier if it was due earlier. Forgets failures, and revives a dead one. A harmless
   * reason takes no other's place before that was worked on. Resolves with the sequence.
   */
  mark(key: PullKey, reason: string, runAt: Date, delivery?: string | null): Promise<number>;
  /**
   * Takes one due pull request that nobody holds, of the installation that was served least recently, and there
   * one whose gate is open before others of its age; null when there is none. Installations of `except`, and those on hold, are passed over.
   */
  claim(now: Date, owner: string, leaseMs: number, except?: readonly number[]): Promise<Dirty | null>;
  /** Makes the lease last that long from now. False: it was lost. */
  renew(dirty: Dirty, owner: string, leaseMs: number): Promise<boolean>;
  holds(dirty: Dirty, owner: string): Promise<boolean>;
  /** Ends the work: forgets the mark unless it was raised meanwhile; `again` keeps it, due then. False: the lease was lost, nothing is changed. */
  release(dirty: Dirty, owner: string, again: Date | null): Promise<boolean>;
  /** Ends a try that failed. A mark raised meanwhile is due as it was raised. False: the lease was lost, nothing is changed. */
  fail(dirty: Dirty, owner: string, failed: FailedTry): Promise<boolean>;
  /** Nothing of this installation is claimed until then. */
  hold(installation: number, until: Date): Promise<void>;
  /** At boot: where no other process can be alive, what was claimed is due again, with one more attempt. Elsewhere leases run out. */
  recover(): Promise<void>;
  /** When the next mark is due that {@link claim} would take. */
  next(except?: readonly number[]): Promise<Date | null>;
  dead(): Promise<readonly DeadMark[]>;
}

/** Time by the database, which is the same for all processes on it: their own clocks may be wrong, and jump. */
export interface StoreClock {
  /** The time now. One that lies well before an earlier answer went back: then nothing that is kept stays in its future. */
  read(): Promise<Date>;
}
