import type { RestEndpointMethodTypes as Rest } from "@octokit/rest";

type CheckRunData = Rest["checks"]["get"]["response"]["data"];

/** Contents of a file: text, bytes, a symlink or a submodule. */
export type FileContent = string | { base64: string } | { symlink: string } | { submodule: string };
/** Path → new contents; null removes the file. */
export type Changes = Record<string, FileContent | null>;
export type Permissions = Record<string, "read" | "write" | "admin">;
export type Conclusion = "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required";

/** A webhook that an act caused, and how it was answered (`statusCode` 0: not at all). */
export interface SentDelivery {
  guid: string;
  event: string;
  action: string | null;
  status: string;
  statusCode: number;
  /** What `setFaults` made of it: `drop` was never sent. */
  faults?: (keyof SenderFaults)[];
}
export interface Delivery extends SentDelivery {
  id: number;
  installation: number | null;
  repository: number | null;
  deliveredAt: string;
  redelivery: boolean;
  /** Seconds. */
  duration: number;
  payload: unknown;
  /** The receiver's body. */
  response?: string;
}
/** Every act may be told not to wait for the answers to its webhooks. */
export interface Act {
  wait?: boolean;
  /** In a strict repository: the head that this is about may be open from now on, or no longer. */
  expect?: "open" | "closed";
}
export interface Sent {
  deliveries: SentDelivery[];
}

/** `owner/name`. */
export interface OfRepository extends Act {
  repository: string;
}
/** `user` is who does it; the author when it is left out. */
export interface OfPull extends OfRepository {
  number: number;
  user?: string;
}
export interface RunStart extends OfRepository {
  /** The pull request whose head is built; without it a push to `branch` (the default branch). */
  number?: number;
  branch?: string;
  sha?: string;
  name?: string;
  path?: string;
  event?: string;
  user?: string;
}
/** Artifact name → a zip in base64, or file name → contents. */
export type Artifacts = Record<string, { zip: string } | Record<string, string | { base64: string }>>;

export interface RepositoryAnswer extends Sent {
  id: number;
  full_name: string;
  default_branch: string;
  head: string | null;
  owner_id: number;
}
export interface PullAnswer extends Sent {
  id: number;
  number: number;
  state: "open" | "closed";
  draft: boolean;
  head_sha: string;
  base: string;
  base_sha: string;
}
export interface RunAnswer extends Sent {
  id: number;
  attempt: number;
  head_sha: string;
}
export interface Mergeability {
  mergeable: boolean;
  reasons: string[];
}
export interface OracleEntry extends Mergeability {
  at: string;
  /** Number of the journal's last entry at that time. */
  call: number;
  cause: string;
  repository: string;
  number: number;
  head: string;
  base: string;
}
export interface JournalEntry {
  n: number;
  at: string;
  method: string;
  /** Without `/api/v3`. */
  path: string;
  query: string;
  body: unknown;
  /** GitHub's operation id, `graphql`, or null for an unknown route. */
  operation: string | null;
  /** Name of the GraphQL operation. */
  graphql?: string;
  auth: { kind: "none" | "jwt" | "installation" | "pat"; app?: number; installation?: number; user?: string };
  status: number | null;
  token?: boolean;
  write?: boolean;
  /** The faults that were applied. A `status` of null with them: it was never answered. */
  faults?: FaultMode[];
  violation?: { side: "request" | "response"; problems: string[] };
  crash?: string;
}
export interface Count {
  total: number;
  operations: Record<string, number>;
}
export interface CommitInput {
  key?: string;
  parents?: string[];
  files: Changes;
  message?: string;
  author?: string | { name: string; email: string };
  date?: string;
  /** The SHA it has in a real history. */
  sha?: string;
}
export interface ShownCheckRun extends CheckRunData {
  annotations: { path: string; start_line: number; end_line: number; annotation_level: string; message: string; title?: string }[];
  actions: { label: string; description: string; identifier: string }[];
}
export interface CheckFields {
  name: string;
  head_sha: string;
  status?: string;
  conclusion?: Conclusion;
  output?: { title?: string; summary: string; text?: string };
}

/** See README.md, "Faults". */
export type FaultMode =
  | "fail"
  | "applied-then-502"
  | "applied-then-reset"
  | "applied-then-hang"
  | "hang"
  | "drip"
  | "stale-read"
  | "limit-primary"
  | "limit-secondary"
  | "token-expire"
  | "perm-drop"
  | "suspend"
  | "uninstall"
  | "repo-removed"
  | "outage"
  | "redirect-evil";
export interface FaultRule {
  mode: FaultMode;
  /** GitHub's operation id, `issues/*`, `graphql/Blobs`, `reads`, `writes`; without it every call. */
  route?: string;
  /** The n-th matching call, counted from one, or several. */
  nth?: number | number[];
  /** From this matching call on. */
  from?: number;
  probability?: number;
  /** At most so often. */
  times?: number;
  /** `fail`: 500, 502, 503 or 504 by the seed. `limit-secondary`: 403 or 429. */
  status?: number;
  /** `stale-read`: how far behind, or from and to; `outage`: how long from now. Milliseconds of the machine. */
  ms?: number | [number, number];
  /** `limit-secondary`: seconds, or null for no such header. */
  retryAfter?: number | null;
  /** `limit-primary`: seconds until the reset. */
  resetSeconds?: number;
  /** `redirect-evil`. */
  to?: "elsewhere" | "private" | "expired";
}
export interface SenderFaults {
  /** Shares of all deliveries. A dropped one is in no list of GitHub's. */
  drop?: number;
  duplicate?: number;
  wrongSecret?: number;
  /** Held back for up to `ms`, so that later ones overtake it. */
  reorder?: { probability?: number; ms: number };
  delay?: { probability?: number; ms: number | [number, number] };
  /** The same signed bytes again after `ms`, under another GUID. */
  replay?: { probability?: number; ms: number | [number, number] };
  /** Deliveries on their way at the same time; one after the other by default. */
  parallel?: number;
}
export interface Faults {
  seed?: string;
  rules?: FaultRule[];
  sender?: SenderFaults;
  /** How far GitHub's clock is ahead: in `Date`, and when it looks at a JWT. */
  skewSeconds?: number;
}
/** A moment at which a pull request could be merged that the driver had not allowed. */
export interface WrongMoment {
  at: string;
  realMs: number;
  /** Number of the journal's last entry at that time. */
  call: number;
  cause: string;
  /** `never`: was never allowed. `reopened`: was no longer. `late`: was no longer, since less than `graceMs`. */
  fault: "never" | "reopened" | "late";
  repository: string;
  number: number;
  head: string;
  base: string;
}
