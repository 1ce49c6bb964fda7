import { basename } from "node:path";
import { git, mergeBase, resolveCommit } from "./git.js";

/** What is measured, with full SHAs. */
export interface BenchCommits {
  readonly base: string;
  readonly head: string;
  /** The base is the merge base of the two revisions, and not the commit that was named. */
  readonly forked: boolean;
  /** Changes of the working tree that no commit holds, so that they are not measured. */
  readonly uncommitted: number;
}

export interface Asked {
  readonly base: string;
  readonly head: string;
  /** Measure the base that was named, whatever the history. */
  readonly exactBase: boolean;
  /** The file that the measurement itself leaves: no change of anybody's. */
  readonly output: string;
}

async function uncommitted(repository: string, output: string): Promise<number> {
  if ((await git(repository, ["rev-parse", "--is-inside-work-tree"])).toString("utf8").trim() !== "true") return 0;
  const status = await git(repository, ["status", "--porcelain", "-z", "--no-renames"]);
  const ours = basename(output);
  return status
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "" && basename(line) !== ours && line !== `?? ${ours}`).length;
}

/**
 * The commits to measure. A base that went its own way since the head left it is replaced by the merge base: its tip
 * would show other people's changes.
 * @throws GitError with the remedy: not a repository, an unknown revision, a shallow clone, no common ancestor
 */
export async function benchCommits(repository: string, { exactBase, output, ...revisions }: Asked): Promise<BenchCommits> {
  const base = await resolveCommit(repository, revisions.base, "--base");
  const head = await resolveCommit(repository, revisions.head, "--head");
  const common = exactBase ? base : await mergeBase(repository, base, head);
  // An older head than its base is asked for on purpose.
  const forked = common !== base && common !== head;
  const current = (await git(repository, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).catch(() => "")).toString().trim();
  return { base: forked ? common : base, head, forked, uncommitted: head === current ? await uncommitted(repository, output) : 0 };
}
