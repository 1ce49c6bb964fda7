import { git } from "../../../src/checkout/git.js";
import type { LineRange } from "../../../src/model/source.js";

/** One file of a commit and what it was at the first parent. */
export interface CommittedFile {
  readonly path: string;
  readonly previousPath: string;
  readonly head: string | null;
  readonly base: string | null;
  readonly added: readonly LineRange[];
}

const ABSENT = /^0+$/;
const RAW = /^:\d+ \d+ ([\da-f]+) ([\da-f]+) ([A-Z])\d*$/;
const HUNK = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/;

/** The newest commits before `until`, itself among them, along first parents, the newest first. */
export async function commitsOf(repository: string, until: string, count: number): Promise<readonly string[]> {
  const list = await git(repository, ["rev-list", "--first-parent", `--max-count=${count}`, until]);
  return list.toString("utf8").trim().split("\n");
}

/** Texts of blobs by their name; a missing one (snapshots leave out the largest) has none. */
export async function blobs(repository: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(names.filter((name) => !ABSENT.test(name)))];
  const out = wanted.length === 0 ? Buffer.alloc(0) : await git(repository, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  const texts = new Map<string, string>();
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(10, at);
    const [name = "", kind, size] = out.subarray(at, end).toString("utf8").split(" ");
    if (kind !== "blob") {
      at = end + 1;
      continue;
    }
    texts.set(name, out.subarray(end + 1, end + 1 + Number(size)).toString("utf8"));
    at = end + 2 + Number(size);
  }
  return texts;
}

/** Lines that a patch without context adds, by the file's new path. */
function addedLines(patch: string): ReadonlyMap<string, readonly LineRange[]> {
  const added = new Map<string, LineRange[]>();
  let path = "";
  for (const line of patch.split("\n")) {
    if (line.startsWith("+++ ")) path = line.slice(4).replace(/^b\//, "").replace(/\t$/, "");
    const [, from, count = "1"] = HUNK.exec(line) ?? [];
    if (from === undefined || count === "0") continue;
    const ranges = added.get(path) ?? [];
    ranges.push({ line: Number(from), endLine: Number(from) + Number(count) - 1 });
    added.set(path, ranges);
  }
  return added;
}

/** The files that a commit changed against its first parent, of those that match the patterns of git. */
export async function filesOf(repository: string, commit: string, patterns: readonly string[]): Promise<readonly CommittedFile[]> {
  const range = [`${commit}^1`, commit, "--", ...patterns];
  const [raw, patch] = await Promise.all([
    git(repository, ["diff-tree", "-r", "-M", "--raw", "--no-abbrev", "-z", ...range]),
    git(repository, ["diff-tree", "-r", "-M", "-p", "-U0", "--no-color", ...range]),
  ]);
  const added = addedLines(patch.toString("utf8"));
  const fields = raw.toString("utf8").split("\0");
  const changed: { base: string; head: string; previousPath: string; path: string }[] = [];
  for (let at = 0; at < fields.length; ) {
    const [, base = "", head = "", kind] = RAW.exec(fields[at] ?? "") ?? [];
    const previousPath = fields[at + 1] ?? "";
    const path = kind === "R" || kind === "C" ? (fields[at + 2] ?? "") : previousPath;
    at += kind === "R" || kind === "C" ? 3 : 2;
    if (path !== "") changed.push({ base, head, previousPath, path });
  }
  const texts = await blobs(
    repository,
    changed.flatMap(({ base, head }) => [base, head]),
  );
  return changed.map(({ base, head, previousPath, path }) => ({
    path,
    previousPath,
    head: texts.get(head) ?? null,
    base: texts.get(base) ?? null,
    added: added.get(path) ?? [],
  }));
}
