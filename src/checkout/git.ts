import { spawn } from "node:child_process";
import { type Text, text } from "../model/text.js";

/** What a person has to mend (`usage`), or git itself failing (`git`). */
export class GitError extends Error {
  override readonly name = "GitError";
  readonly kind: "usage" | "git";
  readonly sentence: Text;

  constructor(kind: "usage" | "git", sentence: Text) {
    super("git");
    this.kind = kind;
    this.sentence = sentence;
  }
}

/** Options that keep a checked-out repository from running anything of its own. */
const HARMLESS = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager"];

export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git in `repository`; resolves with its exit code, rejects only when git cannot be started. */
export function runGit(repository: string, args: readonly string[], stdin = ""): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...HARMLESS, "-C", repository, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (error) => reject(new GitError("git", text`git could not be started: ${error.message}`)));
    child.on("close", (code) =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString("utf8").trim() }),
    );
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
  });
}

/** Runs git and expects success; otherwise its last line of complaint is the error. */
export async function git(repository: string, args: readonly string[], stdin = ""): Promise<Buffer> {
  const { code, stdout, stderr } = await runGit(repository, args, stdin);
  if (code !== 0) throw new GitError("git", text`git ${args[0] ?? ""} failed: ${stderr.split("\n").at(-1) ?? ""}`);
  return stdout;
}

const isShallow = async (repository: string): Promise<boolean> =>
  (await git(repository, ["rev-parse", "--is-shallow-repository"])).toString("utf8").trim() === "true";

/** The full SHA of a revision that a person named. */
export async function resolveCommit(repository: string, revision: string, flag: string): Promise<string> {
  const { code, stdout, stderr } = await runGit(repository, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  if (code === 0) return stdout.toString("utf8").trim();
  if (stderr.includes("not a git repository"))
    throw new GitError("usage", text`${repository} is not a git repository; name one with --repo`);
  if (stderr.includes("cannot change to"))
    throw new GitError("usage", text`there is no folder ${repository}; name a git repository with --repo`);
  if (await isShallow(repository).catch(() => false)) {
    const remedy = text`fetch the whole history (with actions/checkout: fetch-depth: 0)`;
    throw new GitError("usage", text`${[flag]} ${revision} is not in this shallow clone; ${remedy}`);
  }
  throw new GitError(
    "usage",
    text`${flag} ${revision} is not a commit of ${repository}; name a branch, tag or SHA that \`git rev-parse\` knows there`,
  );
}

/** The merge base of two commits, or the sentence that says what is missing. */
export async function mergeBase(repository: string, base: string, head: string): Promise<string> {
  const { code, stdout } = await runGit(repository, ["merge-base", base, head]);
  if (code === 0) return stdout.toString("utf8").trim();
  const shallow = await isShallow(repository);
  const commits = text`${base.slice(0, 7)} and ${head.slice(0, 7)}`;
  throw new GitError(
    "usage",
    shallow
      ? text`the merge base of ${commits} is not in this shallow clone; fetch the whole history (with actions/checkout: fetch-depth: 0)`
      : text`${commits} have no common ancestor; compare branches that share a history`,
  );
}
