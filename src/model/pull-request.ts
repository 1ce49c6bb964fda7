/** A commit with a page to look at, where there is one. */
export interface Commit {
  readonly sha: string;
  readonly url?: string;
}

/** One changed file between merge base and head. Paths and contents are foreign. */
export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  /** Text at the merge base; absent for added files and for what was not read. */
  readonly base?: string;
  /** Text at the head; absent for removed files and for what was not read. */
  readonly head?: string;
  /** Why the contents are absent although the file exists: `binary`, `larger than 512 KB`, `submodule`, … */
  readonly unread?: string;
}

/** What is reviewed, frozen: two commits, what differs, and who asks. */
export interface Snapshot {
  /** Absent on a local checkout. */
  readonly number?: number;
  readonly author?: { readonly id: number; readonly login: string };
  readonly draft: boolean;
  /** The head lies in another repository than the base: its workflows are its owner's. */
  readonly fork?: boolean;
  /** `https://github.com/owner/name`, absent on a local checkout. */
  readonly repositoryUrl?: string;
  readonly base: Commit & { readonly ref: string };
  readonly mergeBase: Commit;
  /** First parents from the merge base on, itself first, as far as they are known. */
  readonly ancestors?: readonly string[];
  readonly head: Commit;
  readonly files: readonly ChangedFile[];
  /** Set when the list of files is not complete: why. Then nothing can be called passed. */
  readonly incomplete?: string;
}
