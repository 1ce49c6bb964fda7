import { textOf } from "../evidence/tree.js";
import { git } from "./git.js";

/** A file's text, or why there is none. */
export type Blob = { readonly text: string } | { readonly unread: string };

/** Larger files are named, not read: no statement or route of interest is in them. */
const MAX_BYTES = 512 * 1024;

/** How much is taken from one pull request altogether. */
const MAX_TOTAL = 64 * 1024 * 1024;

const sizes = async (repository: string, shas: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const output = await git(repository, ["cat-file", "--batch-check=%(objectname) %(objectsize)"], `${shas.join("\n")}\n`);
  return new Map(
    output
      .toString("utf8")
      .split("\n")
      .map((line) => line.split(" "))
      .map(([sha = "", size = ""]) => [sha, Number(size)]),
  );
};

/** Splits the output of `git cat-file --batch`: a header line with the size, the bytes, a newline. */
const split = (output: Buffer): ReadonlyMap<string, Blob> => {
  const blobs = new Map<string, Blob>();
  for (let offset = 0; offset < output.length; ) {
    const end = output.indexOf(10, offset);
    const [sha = "", , size = "0"] = output.subarray(offset, end).toString("utf8").split(" ");
    const start = end + 1;
    blobs.set(sha, textOf(output.subarray(start, start + Number(size))));
    offset = start + Number(size) + 1;
  }
  return blobs;
};

/** The texts of these blobs; what is binary, too large or not UTF-8 says so. */
export async function readBlobs(repository: string, shas: readonly string[]): Promise<ReadonlyMap<string, Blob>> {
  if (shas.length === 0) return new Map();
  const known = await sizes(repository, shas);
  let total = 0;
  const wanted: string[] = [];
  const blobs = new Map<string, Blob>();
  for (const sha of shas) {
    const size = known.get(sha) ?? 0;
    if (size > MAX_BYTES) blobs.set(sha, { unread: "larger than 512 KB" });
    else if (total + size > MAX_TOTAL) blobs.set(sha, { unread: "the pull request holds more than 64 MB of text" });
    else {
      total += size;
      wanted.push(sha);
    }
  }
  const read =
    wanted.length === 0 ? new Map<string, Blob>() : split(await git(repository, ["cat-file", "--batch"], `${wanted.join("\n")}\n`));
  return new Map([...blobs, ...read]);
}

/** A file at a commit; null when there is none. */
export async function readFileAt(repository: string, sha: string, path: string): Promise<Blob | null> {
  const listed = await git(repository, ["ls-tree", "-z", sha, "--", path]);
  const blob = listed.toString("utf8").split(/[ \t\0]/)[2];
  if (blob === undefined || blob === "") return null;
  return (await readBlobs(repository, [blob])).get(blob) ?? null;
}
