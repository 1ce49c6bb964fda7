import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "./git.js";

/** Two work trees of one repository beside each other, under paths of the same length. */
export interface WorkTrees {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
  /** Removes both and git's notes of them; what cannot be removed stays. */
  remove(): Promise<void>;
  /** The same at once, for a process that is about to end. */
  removeNow(): void;
}

const removal = (path: string): readonly string[] => ["worktree", "remove", "--force", path];

function workTrees(repository: string, folder: string): WorkTrees {
  const sides = { base: join(folder, "base"), head: join(folder, "head") };
  const paths = Object.values(sides);
  return {
    folder,
    ...sides,
    remove: async () => {
      for (const path of paths) await git(repository, removal(path)).catch(() => undefined);
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    },
    removeNow: () => {
      for (const path of paths) spawnSync("git", ["-C", repository, ...removal(path)], { stdio: "ignore" });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Checks two commits out, detached, into a new folder for temporary files. No hook of the repository runs.
 * @throws GitError when git cannot; nothing is left behind then.
 */
export async function addWorkTrees(repository: string, base: string, head: string): Promise<WorkTrees> {
  const trees = workTrees(repository, await mkdtemp(join(tmpdir(), "redline-bench-")));
  try {
    for (const [path, sha] of [
      [trees.base, base],
      [trees.head, head],
    ] as const) {
      await git(repository, ["worktree", "add", "--quiet", "--detach", path, sha]);
    }
    return trees;
  } catch (error) {
    await trees.remove();
    throw error;
  }
}
