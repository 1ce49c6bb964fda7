import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";
import type { Environment, Measurement } from "../model/measurement.js";
import type { Account, OverrideRecord } from "../model/override.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Attestation, Verdict } from "../model/verdict.js";
import type { Protection } from "../review/protection.js";
import type { Bypass, GroupRecord, RunRecord } from "./gate-types.js";
import type { OverrideAsk, Sighting } from "./override-types.js";
import type { Told } from "./reading.js";
import type { ExpectedRun, HeadResults, Intent, KnownPull, LabelEvent, Publication, RecordedShift, RepositoryKey } from "./store.js";
import type { InstallationState, KnownRepository } from "./watched.js";

/** JSON goes in as text on both engines and comes out parsed. */
type Json<T extends object> = JSONColumnType<T, string, string>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type RepositoryColumns = Mutable<RepositoryKey>;

export interface PullColumns extends RepositoryColumns {
  number: number;
  /** The merge group's head SHA; empty for a pull request. */
  mergeGroup: string;
}

interface DeliveryTable {
  guid: string;
  id: GeneratedAlways<number>;
  event: string;
  action: string | null;
  installation: number | null;
  repository: number | null;
  pull: number | null;
  /** As it came, where an earlier version stored it; else empty. */
  body: string;
  packed: Uint8Array | null;
  receivedAt: Date;
  state: Generated<"received" | "done" | "dead">;
  attempts: Generated<number>;
  message: string | null;
  owner: string | null;
  leaseUntil: Date | null;
}

interface DirtyTable extends PullColumns {
  sequence: number;
  reason: string;
  runAt: Date | null;
  claimedBy: string | null;
  claimedAt: Date | null;
  delivery: string | null;
  leaseUntil: Date | null;
  fence: Generated<number>;
  attempt: Generated<number>;
  failingSince: Date | null;
  message: string | null;
  deadAt: Date | null;
}

interface TurnTable {
  installation: number;
  served: Generated<number>;
  heldUntil: Date | null;
}

interface IntentTable extends PullColumns, Mutable<Intent> {
  object: string;
}

interface PullTable extends PullColumns, Mutable<Omit<KnownPull, "group" | "toldAt" | keyof PullColumns>> {
  merged: Generated<boolean>;
  activeAt: Date | null;
  updatedAt: string | null;
  /** JSON. */
  labels: string | null;
  toldAt: string | null;
  seenAt: Generated<Date>;
  closedAt: ColumnType<Date | null, never, Date | null>;
}

interface InstallationTable {
  installation: number;
  state: InstallationState;
  message: string;
  since: Date;
}

interface LabelTable extends PullColumns, Omit<LabelEvent, "actor"> {
  id: GeneratedAlways<number>;
  actorId: number;
  actor: Json<LabelEvent["actor"]>;
}

interface OverrideAskTable extends PullColumns, Omit<OverrideAsk, "by"> {
  actor: Json<Account>;
  withdrawn: Generated<boolean>;
}

interface OverrideAuditTable extends PullColumns {
  id: GeneratedAlways<number>;
  at: Date;
  status: OverrideRecord["status"];
  actorId: number;
  actor: string;
  headSha: string;
  value: Json<OverrideRecord>;
}

interface RunTable extends RepositoryColumns {
  sha: string;
  at: Date;
  position: number | null;
  onDefaultBranch: boolean;
  environment: number | null;
  series: number[];
  val: number[];
  typical: (number | null)[];
  n: (number | null)[];
}

/** What a series is, apart from its values. */
export type Series = Omit<Measurement, "value" | "typical" | "n" | "rounds" | "processes">;

export interface DictionaryTable<T extends object> extends RepositoryColumns {
  digest: string;
  id: GeneratedAlways<number>;
  value: Json<T>;
}

interface HeadResultTable extends RepositoryColumns {
  headRepository: number;
  headSha: string;
  runId: number;
  attempt: number;
  ordinal: number;
  value: Json<HeadResults>;
}

interface ExpectedRunTable extends RepositoryColumns, Mutable<Omit<ExpectedRun, "until" | "workflow">> {
  headRepository: number;
  headSha: string;
  read: Generated<boolean>;
  workflow: Generated<string>;
  updatedAt: string | null;
}

interface WorkflowRunTable extends RepositoryColumns, Mutable<Omit<RunRecord, "results">> {
  headRepository: number;
  headSha: string;
  results: Generated<number>;
}

interface SnapshotTable extends RepositoryColumns {
  baseSha: string;
  headSha: string;
  value: Json<Snapshot>;
  ancestors: ColumnType<readonly string[], string, string>;
}

/** What is left of a tick that was taken back: when. */
export interface WithdrawnTick {
  readonly withdrawn: true;
  readonly at: string;
}

/** The tables of migrations/*.sql as kysely sees them: camelCase here, snake_case there. */
export interface Tables {
  delivery: DeliveryTable;
  dirty: DirtyTable;
  installationTurn: TurnTable;
  intent: IntentTable;
  pull: PullTable;
  labelEvent: LabelTable;
  attestation: PullColumns & { item: string; value: Json<Attestation | WithdrawnTick> };
  sighting: PullColumns & Mutable<Sighting>;
  pusher: RepositoryColumns & { sha: string; actorId: number; at: Generated<Date> };
  overrideAsk: OverrideAskTable;
  overrideAudit: OverrideAuditTable;
  verdict: PullColumns & { headSha: string; value: Json<Verdict> };
  publication: PullColumns & { headSha: string; checkName: string } & Mutable<Publication>;
  stickyComment: PullColumns & { id: number; digest: string };
  commitOrder: RepositoryColumns & { sha: string; position: GeneratedAlways<number> };
  series: DictionaryTable<Series>;
  environment: DictionaryTable<Environment>;
  run: RunTable;
  headResult: HeadResultTable;
  expectedRun: ExpectedRunTable;
  snapshot: SnapshotTable;
  installation: InstallationTable;
  repository: Mutable<KnownRepository>;
  net: { name: string; value: string; at: Date };
  redelivery: { guid: string; attempts: number; at: Date };
  workflowRun: WorkflowRunTable;
  mergeGroup: RepositoryColumns & Mutable<GroupRecord>;
  branchRules: RepositoryColumns & { branch: string; readAt: Date; value: Json<Protection> };
  enrolment: RepositoryColumns & { branch: string; sha: string };
  bypass: RepositoryColumns & { number: number; headSha: string; at: Date; value: Json<Bypass> };
  pullFacts: PullColumns & { baseRef: string; readAt: Date; value: Json<object> };
  pullTold: PullColumns & { at: string; value: Json<Told> };
  shift: RepositoryColumns & { sha: string; series: string; value: Json<RecordedShift> };
}
