import { type Tree, type TreeFile, type TreeLimits, treeBounds } from "../evidence/tree.js";
import { readBlobs } from "./blobs.js";
import { git } from "./git.js";

interface Listed {
  readonly mode: string;
  readonly sha: string;
  readonly size: number;
  readonly path: string;
}

const SYMBOLIC_LINK = "120000";

/** `git ls-tree -r -z -l`: `mode SP type SP sha SP+ size TAB path NUL`; a submodule has no size. */
const parseListing = (output: string): readonly Listed[] =>
  output.split("\0").flatMap((line) => {
    const tab = line.indexOf("\t");
    const [mode = "", type = "", sha = "", size = ""] = line.slice(0, tab).split(/ +/);
    return type === "blob" ? [{ mode, sha, size: Number(size), path: line.slice(tab + 1) }] : [];
  });

/** Texts are read at once up to this many, so that no more than one batch is held twice. */
const BATCH = 2000;

async function textsOf(repository: string, files: readonly TreeFile[]): Promise<readonly TreeFile[]> {
  const read: TreeFile[] = [];
  for (let from = 0; from < files.length; from += BATCH) {
    const batch = files.slice(from, from + BATCH);
    const wanted = new Set(batch.flatMap(({ sha, unread }) => (unread === undefined ? [sha] : [])));
    const blobs = await readBlobs(repository, [...wanted]);
    read.push(
      ...batch.map((file) => ({ ...file, ...(file.unread === undefined && (blobs.get(file.sha) ?? { unread: "not in this clone" })) })),
    );
  }
  return read;
}

/** The wanted files of a commit. @throws GitError */
export async function readTree(repository: string, sha: string, wanted: (path: string) => boolean, limits?: TreeLimits): Promise<Tree> {
  const listing = await git(repository, ["ls-tree", "-r", "-z", "-l", "--full-tree", sha]);
  const bounds = treeBounds(limits);
  const files: TreeFile[] = [];
  for (const { mode, sha: blob, size, path } of parseListing(listing.toString("utf8"))) {
    if (!wanted(path)) continue;
    const admitted = mode === SYMBOLIC_LINK ? { unread: "symbolic link" } : bounds.admit(size);
    if (admitted) files.push({ path, sha: blob, ...admitted });
  }
  const incomplete = bounds.incomplete();
  return { files: await textsOf(repository, files), ...(incomplete !== undefined && { incomplete }) };
}
