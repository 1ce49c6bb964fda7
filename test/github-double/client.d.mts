import type { RestEndpointMethodTypes as Rest } from "@octokit/rest";
import type {
  Act,
  Artifacts,
  Changes,
  CheckFields,
  CommitInput,
  Conclusion,
  Count,
  Delivery,
  Faults,
  JournalEntry,
  Mergeability,
  OfPull,
  OfRepository,
  OracleEntry,
  Permissions,
  PullAnswer,
  RepositoryAnswer,
  RunAnswer,
  RunStart,
  Sent,
  ShownCheckRun,
  WrongMoment,
} from "./shapes.mjs";

export type * from "./shapes.mjs";

export interface Double {
  /** Address of the API; works with and without `/api/v3`. */
  readonly api: string;
  readonly blobs: string;
  readonly control: string;

  registerApp(app: {
    id?: number;
    slug?: string;
    name?: string;
    owner?: string;
    publicKey: string;
    permissions?: Permissions;
    events?: string[];
    webhook?: { url: string; secret: string };
  }): Promise<{ id: number; slug: string; hook: number | null; bot: string }>;
  setWebhook(args: { app: number; url: string; secret: string }): Promise<{ hook: number }>;
  createUser(args: { login: string; type?: "User" | "Bot" | "Organization" }): Promise<{ id: number; login: string; type: string }>;
  createTeam(args: {
    organization: string;
    slug: string;
    name?: string;
    members?: Record<string, "active" | "pending">;
    secret?: boolean;
    parent?: string | null;
  }): Promise<{ id: number }>;
  setMembership(args: { organization: string; team: string; user: string; state: "active" | "pending" | null }): Promise<Sent>;
  createRepository(args: {
    owner: string;
    name: string;
    organization?: boolean;
    private?: boolean;
    defaultBranch?: string;
    files?: Changes;
  }): Promise<RepositoryAnswer>;
  fork(args: { repository: string; owner: string }): Promise<RepositoryAnswer>;
  setCollaborator(args: {
    repository: string;
    user: string;
    role: "admin" | "maintain" | "write" | "triage" | "read" | "none";
  }): Promise<Sent>;
  install(
    args: Act & {
      app: number;
      owner: string;
      repositories?: "all" | string[];
      permissions?: Permissions;
      events?: string[];
      id?: number;
      user?: string;
    },
  ): Promise<{ id: number } & Sent>;
  suspend(args: Act & { installation: number; suspended?: boolean; user?: string }): Promise<Sent>;
  uninstall(args: Act & { installation: number; user?: string }): Promise<Sent>;
  addRepositories(args: Act & { installation: number; repositories: string[]; user?: string }): Promise<Sent>;
  setPermissions(args: { installation: number; permissions: Permissions }): Promise<Sent>;
  createToken(args: { user: string; permissions?: Permissions }): Promise<{ token: string }>;
  setRuleset(args: {
    repository: string;
    branch: string;
    checks: readonly { name: string; integration_id?: number | null }[];
    /** Branch protection of the older kind. */
    classic?: boolean;
  }): Promise<Sent>;
  advance(args: { seconds: number }): Promise<{ now: string }>;

  loadCommits(
    args: OfRepository & { commits: readonly CommitInput[]; branches?: Record<string, string> },
  ): Promise<{ shas: string[]; commits: Record<string, string> }>;
  push(
    args: OfRepository & {
      branch: string;
      by?: string;
      files?: Changes;
      message?: string;
      parent?: string;
      parents?: string[];
      date?: string;
      sha?: string;
      to?: string;
    },
  ): Promise<{ sha: string; before: string | null } & Sent>;
  createBranch(args: { repository: string; branch: string; from?: string }): Promise<{ sha: string }>;

  openPull(
    args: OfRepository & { head: string; base?: string; title?: string; body?: string; user?: string; draft?: boolean },
  ): Promise<PullAnswer>;
  label(args: OfPull & { label: string }): Promise<PullAnswer>;
  unlabel(args: OfPull & { label: string }): Promise<PullAnswer>;
  editPull(args: OfPull & { base?: string; title?: string; body?: string }): Promise<PullAnswer>;
  convertToDraft(args: OfPull): Promise<PullAnswer>;
  readyForReview(args: OfPull): Promise<PullAnswer>;
  closePull(args: OfPull): Promise<PullAnswer>;
  reopenPull(args: OfPull): Promise<PullAnswer>;
  lockPull(args: OfPull & { locked?: boolean }): Promise<PullAnswer>;
  /** Rejects with `status` 405 while the oracle says closed, unless `admin`. */
  mergePull(args: OfPull & { admin?: boolean }): Promise<{ sha: string } & Sent>;
  deleteHeadRepository(args: OfPull): Promise<PullAnswer>;
  requestMergeGroup(args: OfPull): Promise<{ head_sha: string; head_ref: string; base_sha: string } & Sent>;
  destroyMergeGroup(
    args: OfRepository & { head_sha: string; reason?: "merged" | "invalidated" | "dequeued"; user?: string },
  ): Promise<Sent>;
  comment(args: OfPull & { body: string }): Promise<{ id: number } & Sent>;
  editComment(args: OfRepository & { comment: number; body: string; user: string }): Promise<{ id: number } & Sent>;
  deleteComment(args: OfRepository & { comment: number; user: string }): Promise<{ id: number } & Sent>;

  createCheckRun(args: OfRepository & { app: number } & CheckFields): Promise<{ id: number } & Sent>;
  rerequestCheckRun(args: OfRepository & { check_run: number; user?: string }): Promise<{ id: number } & Sent>;
  requestAction(args: OfRepository & { check_run: number; identifier: string; user?: string }): Promise<{ id: number } & Sent>;
  rerequestCheckSuite(args: OfRepository & { check_run: number; user?: string }): Promise<{ id: number } & Sent>;

  startRun(args: RunStart): Promise<RunAnswer>;
  completeRun(
    args: RunStart & { run?: number; conclusion?: Conclusion; artifacts?: Artifacts },
  ): Promise<RunAnswer & { artifacts: { id: number; name: string }[] }>;
  rerun(args: OfRepository & { run: number; user?: string }): Promise<RunAnswer>;
  expireArtifact(args: OfRepository & { artifact: number }): Promise<Sent>;

  /** Replaces all faults; `{}` takes them away. */
  setFaults(faults: Faults): Promise<Record<string, never>>;
  /** From now on every mergeable moment of this repository that was not allowed is kept. */
  expectStrictly(args: { repository: string; graceMs?: number }): Promise<Record<string, never>>;
  /** Says so of any head; acts say it of their own with `expect`. */
  expectOpen(args: {
    repository: string;
    number: number;
    head: string;
    base?: string;
    open?: boolean;
    told?: readonly string[];
  }): Promise<Record<string, never>>;
  wrongMoments(): Promise<WrongMoment[]>;

  now(): Promise<{ now: string }>;
  mark(): Promise<{ mark: number }>;
  journal(args?: { since?: number }): Promise<JournalEntry[]>;
  /** Token creation is left out unless `tokens` is true. */
  count(args?: { since?: number; tokens?: boolean }): Promise<Count>;
  violations(): Promise<JournalEntry[]>;
  crashes(): Promise<JournalEntry[]>;
  blobJournal(): Promise<{ at: string; path: string; status: number; authorization: boolean }[]>;
  oracle(args: { repository: string } & ({ number: number } | { branch: string; sha: string })): Promise<Mergeability>;
  oracleLog(): Promise<OracleEntry[]>;
  /** How many webhooks there were, and how many of them are not answered yet. */
  traffic(): Promise<{ total: number; pending: number }>;
  deliveries(args?: { payloads?: boolean }): Promise<Delivery[]>;
  redeliver(args: { guid: string }): Promise<Delivery>;
  settle(): Promise<{ mark: number }>;
  /** The pull request as `GET pulls/{n}` shows it. */
  pull(args: { repository: string; number: number }): Promise<Rest["pulls"]["get"]["response"]["data"]>;
  comments(args: { repository: string; number: number }): Promise<Rest["issues"]["getComment"]["response"]["data"][]>;
  /** With `annotations` and `actions`, in the order of creation. */
  checkRuns(args: { repository: string; number?: number; sha?: string }): Promise<ShownCheckRun[]>;
}

export interface StartedDouble extends Double {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the double as a process of its own on free ports. */
export function startDouble(options?: { port?: number; seed?: string; start?: string; clock?: "real" | "virtual" }): Promise<StartedDouble>;

/** A client for a double that runs already. */
export function connectDouble(addresses: { api: string; blobs: string; control: string }): Promise<Double>;
