import type { RunSource } from "../model/evidence.js";
import type { KnownPull, PullKey, RepositoryKey } from "./known.js";

/** What GitHub lets us do in an account: a suspended or removed installation's work is parked. */
export type InstallationState = "active" | "suspended" | "removed";

/** A repository by its present name. */
export interface KnownRepository extends RepositoryKey {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly archived: boolean;
}

/** What an event, or GitHub's list, showed of a pull request. */
export interface Sight {
  /** GitHub's `updated_at`, ISO 8601: of two sights the later one is the newer. */
  readonly updatedAt: string;
  /** Names, sorted. */
  readonly labels: readonly string[];
}

/** A pull request with what the nets look at. */
export interface WatchedPull extends KnownPull {
  readonly sight: Sight | null;
  /** A check of ours is in progress on the present head. */
  readonly awaiting: boolean;
  /** Somebody will work on it: it is marked, whenever that is due. */
  readonly attended: boolean;
}

/** A check in progress that GitHub will soon call stale. */
export interface AgedCheck {
  readonly key: PullKey;
  readonly headSha: string;
  readonly checkName: string;
}

/** What waits, and for how long; ages in milliseconds, 0 where nothing waits. */
export interface Figures {
  readonly inboxPending: number;
  readonly inboxAgeMs: number;
  /** Pull requests and other work that is due or being worked on. */
  readonly dirtyDue: number;
  readonly dirtyAgeMs: number;
  readonly deadMarks: number;
  readonly deadDeliveries: number;
  /** Installations that GitHub told to wait. */
  readonly held: number;
  /** Merges past a closed gate, as long as the audit keeps them. */
  readonly bypasses: number;
}

export interface Installations {
  /** Installations without a row are active. */
  state(installation: number): Promise<InstallationState>;
  setState(installation: number, state: InstallationState, message: string, at: Date): Promise<void>;
  repository(key: RepositoryKey): Promise<KnownRepository | null>;
  /** Keeps what the repository is called now, and renames its pull requests with it. Resolves with what it was before. */
  observe(repository: KnownRepository): Promise<KnownRepository | null>;
  /** Closes what is known of a repository, or of a whole installation: nothing of it is worked on until it is seen again. */
  park(of: { readonly installation: number; readonly repository?: number }): Promise<void>;
}

export interface Nets {
  /** Something happened with a pull request; the sight counts unless a newer one is known. */
  touch(key: PullKey, at: Date, sight?: Sight): Promise<void>;
  /** Open pull requests of a repository, and those of these numbers whether open or not. */
  ofRepository(key: RepositoryKey, numbers: readonly number[]): Promise<readonly WatchedPull[]>;
  /** Open pull requests with which something happened since, whose check is in progress, or on whose head an override was asked for. */
  active(since: Date): Promise<readonly WatchedPull[]>;
  /** Remembers a finished run whose event did not come. False when this attempt, or a newer one, is known; it is heard of then. */
  expectMissed(
    repository: RepositoryKey,
    headRepository: number,
    headSha: string,
    run: RunSource & { readonly startedAt: string; readonly updatedAt?: string | null },
  ): Promise<boolean>;
  /** Checks in progress of open pull requests that were first written before this time. */
  agedChecks(before: Date): Promise<readonly AgedCheck[]>;
  /** The next write of this check is a new run, and evidence is waited for anew. */
  forgetCheck(check: AgedCheck): Promise<void>;
  /** One process takes a turn of a periodic look, unless another one took it after `since`. */
  takeTurn(name: string, now: Date, since: Date): Promise<boolean>;
  /** Where a look stopped. */
  cursor(name: string): Promise<string | null>;
  saveCursor(name: string, value: string, now: Date): Promise<void>;
  /** Which of these deliveries the inbox has, in whatever state. */
  received(guids: readonly string[]): Promise<ReadonlySet<string>>;
  /** How often, and when last, a delivery was asked for again; null when it was not. */
  redelivery(guid: string): Promise<{ readonly attempts: number; readonly at: Date } | null>;
  /** Counts one more attempt to have a delivery sent again, after so many; resolves with whether nobody else did meanwhile. */
  countRedelivery(guid: string, after: number, at: Date): Promise<boolean>;
  /** What waits at this time. */
  figures(now: Date): Promise<Figures>;
  /** Writes a row, to know that the store can be written. */
  beat(now: Date): Promise<void>;
  /** Forgets counted attempts and read runs from before this time. */
  forget(before: Date): Promise<void>;
}
