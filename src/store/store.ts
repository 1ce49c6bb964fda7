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
import type { DirtySet, Inbox, StoreClock } from "./work.js";

export type { KnownPull, PullKey, RepositoryKey } from "./known.js";
export type { KnownRepository, Sight, WatchedPull } from "./watched.js";
export type { DeadMark, Delivery, DeliveryLease, Dirty, DirtySet, FailedTry, Inbox, StoreClock, TroubledDelivery } from "./work.js";

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
  /** How many attempts of workflow runs of the head had been told of when its state was decided; null where that is not known. */
  readonly runs: number | null;
}

/** A check that may be open on a commit that its pull request has left, or that is closed. */
export interface LeftCheck {
  readonly key: PullKey;
  readonly headSha: string;
  readonly baseRef: string;
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

/** An attempt of a run that was told of, and when GitHub had changed the run last by then; null where that was not kept. */
export interface HeardRun {
  readonly id: number;
  readonly updatedAt: string | null;
}

/** Stands for the head's repository with what runs of the default branch delivered: no pull request's head has this number. */
export const DEFAULT_BRANCH = -1;

/** Results of a head as its workflow run delivered them. */
export interface HeadResults {
  readonly file: string;
  readonly source: RunSource;
  /** GitHub's number of the artifact that held it; absent for results of an earlier version. */
  readonly artifact?: number;
  readonly run: ParsedRun;
}

export interface Pulls {
  /** Remembers what was told, unless something newer was. */
  observe(pull: KnownPull): Promise<void>;
  get(key: PullKey): Promise<KnownPull | null>;
  /** It is merged, and does not come back. */
  merged(key: PullKey): Promise<void>;
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
  /**
   * What this pull request left open where it need not be so any more: a workflow run of the commit was told of since,
   * or an override had opened it. Not what another open pull request wants to merge, and nothing once it is merged.
   */
  left(key: PullKey): Promise<readonly LeftCheck[]>;
  /** The same on one commit, of all pull requests. */
  leftOn(repository: RepositoryKey, headSha: string): Promise<readonly LeftCheck[]>;
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
  expectRun(
    repository: RepositoryKey,
    headRepository: number,
    headSha: string,
    run: ExpectedRun & Partial<Pick<HeardRun, "updatedAt">>,
  ): Promise<void>;
  /** Attempts of runs of this commit that were told of, read or not. */
  heardRuns(repository: RepositoryKey, headSha: string): Promise<readonly HeardRun[]>;
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
  readonly clock: StoreClock;
  close(): Promise<void>;
}
