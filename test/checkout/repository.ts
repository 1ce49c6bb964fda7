import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What `git init` would write, and no housekeeping behind each commit. */
const CONFIGURATION = `[core]
	repositoryformatversion = 0
	bare = false
[user]
	name = Dev
	email = dev@example.com
[commit]
	gpgsign = false
[gc]
	auto = 0
[maintenance]
	auto = false
`;

/** A throw-away git repository. */
export interface TestRepository {
  readonly path: string;
  git(...args: readonly string[]): string;
  /** Writes the files (null removes one) and commits; returns the SHA. */
  commit(files: Readonly<Record<string, string | Uint8Array | null>>): string;
  remove(): void;
}

export function createRepository(): TestRepository {
  const path = mkdtempSync(join(tmpdir(), "redline-checkout-"));
  for (const folder of ["objects", "refs/heads"]) mkdirSync(join(path, ".git", folder), { recursive: true });
  writeFileSync(join(path, ".git/HEAD"), "ref: refs/heads/main\n");
  writeFileSync(join(path, ".git/config"), CONFIGURATION);
  const run = (program: string, args: readonly string[]): string =>
    execFileSync(program, args, { cwd: path, encoding: "utf8", stdio: "pipe" }).trim();
  return {
    path,
    git: (...args) => run("git", args),
    commit: (files) => {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        if (content === null) rmSync(join(path, name));
        else writeFileSync(join(path, name), content);
      }
      // A shell starts three programs for less than a grown test worker starts one.
      return run("sh", ["-c", "git add -A && git commit -q --allow-empty -m change && git rev-parse HEAD"]);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
