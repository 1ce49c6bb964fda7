import type { Shift, Timeline } from "../evidence/level-shifts.js";
import type { RunSource } from "../model/evidence.js";
import type { Environment, Measurement, ParsedRun } from "../model/measurement.js";
import type { Account } from "../model/override.js";
import type { Snapshot } from "../model/pull-request.js";
import type { LineId } from "../model/rule.js";
import type { Attestation, Verdict } from "../model/verdict.js";
import type { GateRecords } from "./gate-types.js";
import type { KnownPull, PullKey, RepositoryKey } from "./known.js";
import type { Overrides } from "./override-types.js";
import type { Readings } from "./reading.js";
import type { Upkeep } from "./upkeep/keep.js";
import type { Installations, Nets } from "./watched.js";

export type { KnownPull, PullKey, RepositoryKey } from "./known.js";
export type { KnownRepository, Sight, WatchedPull } from "./watched.js";

/** One webhook delivery, as the front door took it in. */
export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installation: number | null;
  readonly repository: number | null;
  readonly pull: number | null;
  /** The raw JSON body. */
  readonly body: string;
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

/** A creation whose answer is not known (`open`), or was looked up (`settled`) and is looked at once more. `at` is the last send, or look. */
export interface Intent {
  readonly state: "open" | "settled";
  readonly at: Date;
  /** A time before the first send, ISO 8601, by GitHub's clock. */
  readonly since: string | null;
}

/** A label put or taken, as its webhook said: a request, judged later. */
export interface LabelEvent {
  readonly action: "labeled" | "unlabeled";
  readonly label: string;
  /** Its node id; empty for events of an earlier version. */
  readonly labelId: string;
  readonly actor: Account;
  readonly headSha: string;
  readonly at: string;
}

/** What we published last on one head: enough to publish only a difference. */
export interface Publication {
  readonly checkRunId: number | null;
  /** `in_progress` or the conclusion. */
  readonly checkState: string | null;
  readonly checkDigest: string | null;
  /** Of the annotations that the run carries: GitHub appends and never replaces them. */
  readonly annotationsDigest: string | null;
  /** When the first check of this head was written: evidence is waited for from then on. */
  readonly since: Date;
}

/** One run's results on the default branch, for baselines and history. */
export interface RecordedRun {
  readonly sha: string;
  readonly at: Date;
  readonly onDefaultBranch: boolean;
  readonly environment?: Environment;
  readonly measurements: readonly Measurement[];
}

/** A level shift of the default branch, and what the reviews before it had said. */
export interface RecordedShift extends Shift {
  /** When it was found, ISO 8601. */
  readonly at: string;
  /** Pull requests that brought the commits between the two levels; empty when GitHub knows none. */
  readonly pulls: readonly number[];
  /** Whether a review of one of them had found this series slower, or suspected it. */
  readonly flagged: boolean;
}

/** A workflow run of a head whose artifacts are still to be read. */
export interface ExpectedRun extends RunSource {
  /** ISO 8601: artifacts older than this belong to an earlier attempt. */
  readonly startedAt: string;
  /** ISO 8601: artifacts from then on belong to a later attempt; absent where none is known. */
  readonly until?: string;
}

/** Stands for the head's repository with what runs of the default branch delivered: no pull request's head has this number. */
export const DEFAULT_BRANCH = -1;

/** Results of a head as its workflow run delivered them. */
export interface HeadResults {
  readonly file: string;
  readonly source: RunSource;
  readonly run: ParsedRun;
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
  /** Raises the mark; due at `runAt` or earlier if it was due earlier. Forgets failures, and revives a dead one. Resolves with the sequence. */
  mark(key: PullKey, reason: string, runAt: Date, delivery?: string | null): Promise<number>;
  /**
   * Takes one due pull request that nobody holds, of the installation that was served least recently; null
   * when there is none. Installations of `except`, and those on hold, are passed over.
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

export interface Pulls {
  /** Remembers what was told, unless something newer was. */
  observe(pull: KnownPull): Promise<void>;
  get(key: PullKey): Promise<KnownPull | null>;
  /** Milliseconds since something new was told of it; Infinity when it is unknown. */
  age(key: PullKey): Promise<number>;
  /** Open pull requests of a head: by its repository and SHA, for workflow runs of forks. */
  withHead(repository: RepositoryKey, headRepository: number, headSha: string): Promise<readonly KnownPull[]>;
  /** Open pull requests against a base branch: dirty when it moves. */
  onBase(repository: RepositoryKey, baseRef: string): Promise<readonly KnownPull[]>;
  /** Open pull requests with the same head commit and base branch as this one, itself among them. */
  sharing(pull: KnownPull): Promise<readonly KnownPull[]>;
  open(installation: number | null): Promise<readonly KnownPull[]>;
  recordLabel(key: PullKey, event: LabelEvent): Promise<void>;
  /** Oldest first. */
  labels(key: PullKey): Promise<readonly LabelEvent[]>;
  /** Keeps a tick, the latest of its line: nothing happens when the line was ticked or unticked at a later time. */
  attest(key: PullKey, attestation: Attestation): Promise<void>;
  /** Takes a tick back, as of this time (ISO 8601): an event that arrives late does not put it again. */
  withdraw(key: PullKey, item: LineId, at: string): Promise<void>;
  attestations(key: PullKey): Promise<readonly Attestation[]>;
  saveVerdict(key: PullKey, headSha: string, verdict: Verdict): Promise<void>;
  verdict(key: PullKey, headSha: string): Promise<Verdict | null>;
  /** The verdicts on every head of a pull request, in no order. */
  verdicts(key: PullKey): Promise<readonly Verdict[]>;
}

export interface Publications {
  get(key: PullKey, headSha: string, checkName: string): Promise<Publication | null>;
  save(key: PullKey, headSha: string, checkName: string, publication: Publication): Promise<void>;
  /** Another pull request published this check on the head, or is open with the same head and base. */
  isShared(pull: KnownPull, checkName: string): Promise<boolean>;
  comment(key: PullKey): Promise<{ readonly id: number; readonly digest: string } | null>;
  saveComment(key: PullKey, comment: { readonly id: number; readonly digest: string } | null): Promise<void>;
  /** Somebody else edited the comment: it is written anew, whatever we think that it says. */
  commentEdited(key: PullKey): Promise<void>;
  /** A late write may have changed what stands on GitHub: check and comment are written anew. */
  doubt(key: PullKey): Promise<void>;
  /** Creations that are not settled, by the name that the object has within the pull request. */
  intents(key: PullKey): Promise<ReadonlyMap<string, Intent>>;
  /** Durable when it resolves; null when the object is there, once. */
  saveIntent(key: PullKey, object: string, intent: Intent | null): Promise<void>;
}

export interface History {
  /** First-parent order of the default branch as pushes told it; later calls continue it. */
  recordCommits(repository: RepositoryKey, shas: readonly string[]): Promise<void>;
  recordRun(repository: RepositoryKey, run: RecordedRun): Promise<void>;
  /** The first of these commits that has a recorded run, and how far down the list it is. */
  nearest(repository: RepositoryKey, shas: readonly string[]): Promise<{ readonly run: RecordedRun; readonly distance: number } | null>;
  /**
   * Values of every series on the default branch up to and without the given commit, oldest first, at most `limit`; keyed
   * by seriesKey. Runs that are known to be of another machine than `machine` are left out.
   */
  before(repository: RepositoryKey, sha: string, limit: number, machine?: Environment): Promise<ReadonlyMap<string, readonly number[]>>;
  /** The same of what is compared, with the commits, and with the given commit's own runs at the end. */
  timelines(repository: RepositoryKey, sha: string, limit: number, machine?: Environment): Promise<readonly Timeline[]>;
  /** Did a push of the default branch bring this commit? */
  isKnown(repository: RepositoryKey, sha: string): Promise<boolean>;
  /** The commits after one and up to another, oldest first, as far as pushes told them; at least the last. */
  between(repository: RepositoryKey, after: string, sha: string): Promise<readonly string[]>;
  /** Keeps a level shift; the same series and commit again replaces it. */
  recordShift(repository: RepositoryKey, shift: RecordedShift): Promise<void>;
  shifts(repository: RepositoryKey): Promise<readonly RecordedShift[]>;
}

export interface Heads {
  /** Replaces the results of one attempt of one workflow run. */
  saveResults(
    repository: RepositoryKey,
    headRepository: number,
    headSha: string,
    results: readonly HeadResults[],
    source: RunSource,
  ): Promise<void>;
  /** Remembers a completed attempt of a run whose artifacts are to be read. */
  expectRun(repository: RepositoryKey, headRepository: number, headSha: string, run: ExpectedRun): Promise<void>;
  /** Oldest run and attempt first. */
  expectedRuns(repository: RepositoryKey, headRepository: number, headSha: string): Promise<readonly ExpectedRun[]>;
  /** Its artifacts are read: forgets this attempt, and keeps others. */
  forgetRun(
    repository: RepositoryKey,
    headRepository: number,
    headSha: string,
    run: { readonly id: number; readonly attempt: number },
  ): Promise<void>;
  /** Oldest run first. */
  results(repository: RepositoryKey, headRepository: number, headSha: string): Promise<readonly HeadResults[]>;
  /** Snapshots are immutable per pair of commits. */
  saveSnapshot(
    repository: RepositoryKey,
    baseSha: string,
    headSha: string,
    snapshot: Snapshot,
    ancestors: readonly string[],
  ): Promise<void>;
  snapshot(
    repository: RepositoryKey,
    baseSha: string,
    headSha: string,
  ): Promise<{ readonly snapshot: Snapshot; readonly ancestors: readonly string[] } | null>;
}

/** Everything that survives a restart. Opened by `openStore`; the same behaviour on both engines. */
export interface Store {
  readonly inbox: Inbox;
  readonly dirty: DirtySet;
  readonly pulls: Pulls;
  readonly publications: Publications;
  readonly history: History;
  readonly heads: Heads;
  readonly installations: Installations;
  readonly nets: Nets;
  readonly gate: GateRecords;
  /** Whether other processes may work on it at the same time. */
  readonly shared: boolean;
  /** Calls `heard` when any process marked something or received a delivery; a hint that may be lost. Resolves with how to stop. */
  listen(heard: () => void): Promise<() => Promise<void>>;
  readonly overrides: Overrides;
  readonly readings: Readings;
  readonly upkeep: Upkeep;
  close(): Promise<void>;
}
