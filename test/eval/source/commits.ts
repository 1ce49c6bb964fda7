import { git } from "../../../src/checkout/git.js";
import type { ChangedFile } from "../../../src/model/pull-request.js";

const ABSENT = /^0+$/;
const RAW = /^:\d+ \d+ ([\da-f]+) ([\da-f]+) ([A-Z])\d*$/;

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

const STATUS: Readonly<Record<string, ChangedFile["status"]>> = { A: "added", D: "removed", R: "renamed" };

const side = (name: "base" | "head", blob: string, texts: ReadonlyMap<string, string>): Partial<ChangedFile> =>
  texts.has(blob) ? { [name]: texts.get(blob) } : {};

/** The files that a commit changed against its first parent, of those that match the patterns of git. */
export async function filesOf(repository: string, commit: string, patterns: readonly string[]): Promise<readonly ChangedFile[]> {
  const raw = await git(repository, ["diff-tree", "-r", "-M", "--raw", "--no-abbrev", "-z", `${commit}^1`, commit, "--", ...patterns]);
  const fields = raw.toString("utf8").split("\0");
  const changed: { base: string; head: string; previousPath: string; path: string; kind: string }[] = [];
  for (let at = 0; at < fields.length; ) {
    const [, base = "", head = "", kind = ""] = RAW.exec(fields[at] ?? "") ?? [];
    const previousPath = fields[at + 1] ?? "";
    const path = kind === "R" ? (fields[at + 2] ?? "") : previousPath;
    at += kind === "R" ? 3 : 2;
    if (path !== "") changed.push({ base, head, previousPath, path, kind });
  }
  const texts = await blobs(
    repository,
    changed.flatMap(({ base, head }) => [base, head]),
  );
  return changed.map(({ base, head, previousPath, path, kind }) => ({
    path,
    status: STATUS[kind] ?? "modified",
    ...(previousPath !== path && { previousPath }),
    ...side("base", base, texts),
    ...side("head", head, texts),
  }));
}

/** The whole tree of a commit as if all of it were new. */
export async function treeOf(repository: string, commit: string, patterns: readonly string[]): Promise<readonly ChangedFile[]> {
  const list = (await git(repository, ["ls-tree", "-r", "-z", "--full-tree", commit])).toString("utf8").split("\0");
  const entries = list.flatMap((line) => {
    const [meta = "", path = ""] = line.split("\t");
    const [, kind, name = ""] = meta.split(" ");
    return kind === "blob" && patterns.some((pattern) => path.endsWith(pattern.slice(1))) ? [{ path, name }] : [];
  });
  const texts = await blobs(
    repository,
    entries.map(({ name }) => name),
  );
  return entries.map(({ path, name }) => ({ path, status: "added", ...side("head", name, texts) }));
}
