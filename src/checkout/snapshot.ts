import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import { type Blob, readBlobs } from "./blobs.js";
import { git, mergeBase, resolveCommit } from "./git.js";

/** Two revisions of a local repository, as a person names them. */
export interface Revisions {
  readonly repository: string;
  readonly base: string;
  readonly head: string;
}

interface RawChange {
  readonly status: string;
  readonly path: string;
  readonly previousPath?: string;
  readonly base: { readonly sha: string; readonly mode: string };
  readonly head: { readonly sha: string; readonly mode: string };
}

const NO_BLOB = /^0+$/;

/** `git diff --raw -z`: `:mode mode sha sha status NUL path NUL [path NUL]`. */
export function parseRawDiff(output: string): readonly RawChange[] {
  const fields = output.split("\0");
  const changes: RawChange[] = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const [baseMode = "", headMode = "", baseSha = "", headSha = "", status = ""] = (fields[index] ?? "").replace(/^:/, "").split(" ");
    const moved = status.startsWith("R") || status.startsWith("C");
    const first = fields[index + 1] ?? "";
    const second = fields[index + 2] ?? "";
    const sides = { base: { sha: baseSha, mode: baseMode }, head: { sha: headSha, mode: headMode } };
    changes.push(moved ? { status, path: second, previousPath: first, ...sides } : { status, path: first, ...sides });
    index += moved ? 3 : 2;
  }
  return changes;
}

const STATUS: Readonly<Record<string, ChangedFile["status"]>> = { A: "added", D: "removed", R: "renamed", C: "added" };

const unreadMode = (mode: string): string | undefined => {
  if (mode === "160000") return "submodule";
  return mode === "120000" ? "symbolic link" : undefined;
};

const side = (blobs: ReadonlyMap<string, Blob>, { sha, mode }: RawChange["base"]): Blob | undefined => {
  if (NO_BLOB.test(sha)) return undefined;
  const reason = unreadMode(mode);
  return reason === undefined ? blobs.get(sha) : { unread: reason };
};

const changedFile = (change: RawChange, blobs: ReadonlyMap<string, Blob>): ChangedFile => {
  const base = side(blobs, change.base);
  const head = side(blobs, change.head);
  const unread = (head && "unread" in head ? head.unread : undefined) ?? (base && "unread" in base ? base.unread : undefined);
  return {
    path: change.path,
    status: STATUS[change.status[0] ?? ""] ?? "modified",
    ...(change.previousPath !== undefined && { previousPath: change.previousPath }),
    ...(base && "text" in base && { base: base.text }),
    ...(head && "text" in head && { head: head.text }),
    ...(unread !== undefined && { unread }),
  };
};

/** How far from the merge base a baseline may lie (statistics: 20 commits). */
const ANCESTORS = 20;

async function firstParents(repository: string, sha: string): Promise<readonly string[]> {
  const listed = await git(repository, ["rev-list", "--first-parent", `--max-count=${ANCESTORS + 1}`, sha]);
  return listed.toString("utf8").trim().split("\n");
}

/** What differs between the merge base and the head of a local repository. */
export async function readSnapshot({ repository, base, head }: Revisions): Promise<Snapshot> {
  const baseSha = await resolveCommit(repository, base, "--base");
  const headSha = await resolveCommit(repository, head, "--head");
  const common = await mergeBase(repository, baseSha, headSha);
  const raw = await git(repository, [
    "diff",
    "--raw",
    "-z",
    "--no-abbrev",
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    common,
    headSha,
  ]);
  const changes = parseRawDiff(raw.toString("utf8"));
  const shas = changes
    .flatMap(({ base, head }) => [base, head])
    .filter(({ sha, mode }) => !NO_BLOB.test(sha) && unreadMode(mode) === undefined);
  const blobs = await readBlobs(repository, [...new Set(shas.map(({ sha }) => sha))]);
  return {
    draft: false,
    base: { ref: base, sha: baseSha },
    mergeBase: { sha: common },
    ancestors: await firstParents(repository, common),
    head: { sha: headSha },
    files: changes.map((change) => changedFile(change, blobs)),
  };
}
