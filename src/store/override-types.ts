import type { Account, AskKind, OverrideRecord } from "../model/override.js";
import type { PullKey, RepositoryKey } from "./known.js";

/** The head and base branch that a pull request had at a moment of GitHub's clock (ISO 8601). */
export interface Sighting {
  readonly at: string;
  readonly headSha: string;
  readonly baseRef: string;
}

/** An override asked for by a comment or by the check's button, as its event told it. */
export interface OverrideAsk {
  /** `comment:<id>`, or the button's own. */
  readonly key: string;
  readonly kind: Exclude<AskKind, "label">;
  /** By GitHub's clock, ISO 8601. */
  readonly at: string;
  readonly by: Account;
  /** The head whose check was used; null for a comment, which names none. */
  readonly headSha: string | null;
  /** Foreign. */
  readonly reason: string | null;
}

/** What overrides are judged by, and what was decided. */
export interface Overrides {
  /** Keeps a sighting; one that only repeats the one before it is dropped, unless it has to be kept. */
  sight(key: PullKey, sighting: Sighting, keep?: boolean): Promise<void>;
  /** Oldest first. */
  sightings(key: PullKey): Promise<readonly Sighting[]>;
  recordPusher(repository: RepositoryKey, sha: string, actorId: number): Promise<void>;
  /** Ids of those who moved a branch of the repository to one of these commits. */
  pushers(repository: RepositoryKey, shas: readonly string[]): Promise<readonly number[]>;
  /** Keeps what the first event of this key said, whatever later ones say. */
  ask(key: PullKey, ask: OverrideAsk): Promise<void>;
  /** The comment is gone. */
  withdraw(key: PullKey, ask: string): Promise<void>;
  /** Oldest first. */
  asks(key: PullKey): Promise<readonly (OverrideAsk & { readonly withdrawn: boolean })[]>;
  /** Adds lines to the audit, in one transaction. */
  append(key: PullKey, records: readonly OverrideRecord[]): Promise<void>;
  /** The audit of a pull request, oldest first. */
  audit(key: PullKey): Promise<readonly OverrideRecord[]>;
}
