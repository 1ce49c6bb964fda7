import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const IDENTITY = ["-c", "user.name=Dev", "-c", "user.email=dev@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];

/** A throw-away git repository. */
export interface TestRepository {
  readonly path: string;
  git(...args: readonly string[]): string;
  /** Writes the files (null removes one) and commits; resolves with the SHA. */
  commit(files: Readonly<Record<string, string | Uint8Array | null>>): string;
  remove(): void;
}

export function createRepository(): TestRepository {
  const path = mkdtempSync(join(tmpdir(), "redline-checkout-"));
  const git = (...args: readonly string[]): string =>
    execFileSync("git", [...IDENTITY, "-C", path, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
  git("init", "-q");
  return {
    path,
    git,
    commit: (files) => {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        if (content === null) rmSync(join(path, name));
        else writeFileSync(join(path, name), content);
      }
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", "change");
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
