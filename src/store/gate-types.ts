import type { Protection } from "../review/protection.js";

/** A repository of an installation, by GitHub's ids. */
interface Place {
  readonly installation: number;
  readonly repository: number;
}

/** One attempt of a workflow run as its events told it. Times are ISO 8601, `event` and `workflow` foreign text. */
export interface RunRecord {
  readonly id: number;
  readonly attempt: number;
  readonly event: string;
  readonly workflow: string;
  readonly url: string;
  readonly startedAt: string;
  readonly completed: boolean;
  readonly conclusion: string | null;
  /** Result files that its artifacts held. */
  readonly results: number;
}

/** A merge group that a queue asked for. `number` is that of the pull request it is named after, or 0. */
export interface GroupRecord {
  readonly headSha: string;
  /** Where the group's own commits begin: the base branch's tip, or the head of the group before it. */
  readonly baseSha: string;
  readonly baseRef: string;
  readonly number: number;
  /** Names the whole content of the group's head, as its event told it; null where it did not. */
  readonly tree: string | null;
  readonly requestedAt: Date;
}

/** A pull request that was merged while its gate was closed. */
export interface Bypass {
  readonly baseRef: string;
  /** Who merged it; null where GitHub does not say. */
  readonly by: string | null;
  /** What the check said: `in_progress` or a conclusion; null when there was none. */
  readonly state: string | null;
}

/** What the gate remembers beside verdicts and checks. */
export interface GateRecords {
  /** Keeps an attempt; one that is known to be complete stays so, whatever a late event says. */
  recordRun(repository: Place, headRepository: number, headSha: string, run: Omit<RunRecord, "results">): Promise<void>;
  /** How many result files an attempt's artifacts held. */
  recordResults(repository: Place, headSha: string, run: { readonly id: number; readonly attempt: number }, n: number): Promise<void>;
  /** All attempts on a head, oldest run and attempt first. */
  runs(repository: Place, headRepository: number, headSha: string): Promise<readonly RunRecord[]>;
  /** Workflows that have delivered a result for a merge group here. */
  groupWorkflows(repository: Place): Promise<readonly string[]>;
  /** Workflows that have delivered a result here, for whatever event. */
  resultWorkflows(repository: Place): Promise<readonly string[]>;
  recordGroup(repository: Place, group: GroupRecord): Promise<void>;
  group(repository: Place, headSha: string): Promise<GroupRecord | null>;
  saveRules(repository: Place, branch: string, rules: Protection, at: Date): Promise<void>;
  rules(repository: Place, branch: string): Promise<(Protection & { readonly readAt: Date }) | null>;
  /** The configuration at this commit blocks merges into the branch. */
  enrol(repository: Place, branch: string, sha: string): Promise<void>;
  /** It no longer does, and says so itself. */
  release(repository: Place, branch: string): Promise<void>;
  /** The last commit whose configuration blocked; null when none did. */
  enrolled(repository: Place, branch: string): Promise<string | null>;
  recordBypass(repository: Place, pull: { readonly number: number; readonly headSha: string }, bypass: Bypass, at: Date): Promise<void>;
  bypasses(repository: Place): Promise<readonly (Bypass & { readonly number: number; readonly headSha: string })[]>;
}
