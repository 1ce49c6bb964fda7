import { z } from "zod";
import { TREE_LIMITS, type Tree, type TreeBounds, type TreeFile, type TreeLimits, treeBounds } from "../evidence/tree.js";
import type { Collected } from "../model/collected.js";
import { type Text, text } from "../model/text.js";
import { type Killable, killable } from "./killable.js";
import type { TreeQuestion } from "./tree-child.js";

/** What is read of an archive beside the limits of a tree. */
export interface TarballLimits extends TreeLimits {
  /** Bytes of the archive as it comes in. */
  readonly packedBytes: number;
  /** Wall time for all of it, in ms. */
  readonly deadlineMs: number;
}

const LIMITS: TarballLimits = { ...TREE_LIMITS, packedBytes: 200_000_000, deadlineMs: 60_000 };

const CHILD = new URL("../../dist/sandbox/tree-child.js", import.meta.url);
const MEMORY = { heapMb: 256, rssMb: 512 };

/** So much goes to the child at once: source code grows about five times. */
const BATCH = 2_000_000;

const found = z.object({ path: z.string(), size: z.number(), isLink: z.boolean() });
const answerShape = z.union([
  z.object({ files: z.array(found) }),
  z.object({ texts: z.array(z.object({ sha: z.string(), text: z.string().optional(), unread: z.string().optional() })) }),
  z.object({ broken: z.string() }),
]);

/** The reading ends here: what came before is of no use. */
class TarballError extends Error {
  readonly sentence: Text;

  constructor(sentence: Text) {
    super("the tarball is not read");
    this.sentence = sentence;
  }
}

/** Downloads come in pieces of some KB; null stands for the end. */
async function* batches(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let [kept, length]: [Uint8Array[], number] = [[], 0];
  for await (const piece of pieces) {
    kept.push(piece);
    length += piece.length;
    if (length < BATCH) continue;
    yield Buffer.concat(kept, length);
    [kept, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(kept, length);
  yield null;
}

type Wanted = (path: string) => boolean;
type Found = z.infer<typeof found>;

/** One kind of files, with limits of its own: many of one kind leave out none of another. */
interface Growing {
  readonly wanted: Wanted;
  readonly bounds: TreeBounds;
  readonly files: TreeFile[];
}

/** Whether the file's text is to be had; one that is not is listed with the reason. */
function admits({ bounds, files }: Growing, file: Found): boolean {
  const admitted = file.isLink ? { unread: "symbolic link" } : bounds.admit(file.size);
  if (admitted?.unread === undefined) return admitted !== null;
  files.push({ path: file.path, sha: "", unread: admitted.unread });
  return false;
}

/** Reads one tarball; built for a single use. */
class TarballReader {
  private readonly child: Killable;
  private readonly trees: readonly Growing[];
  private readonly limits: TarballLimits;
  private readonly until: number;
  private packed = 0;

  constructor(child: Killable, kinds: readonly Wanted[], limits: TarballLimits) {
    this.child = child;
    this.limits = limits;
    this.trees = kinds.map((wanted) => ({ wanted, bounds: treeBounds(limits), files: [] }));
    this.until = performance.now() + limits.deadlineMs;
  }

  async read(pieces: AsyncIterable<Uint8Array>): Promise<readonly Tree[]> {
    for await (const piece of batches(pieces)) {
      this.packed += piece?.length ?? 0;
      if (this.packed > this.limits.packedBytes) return this.grown(`its archive is larger than ${this.limits.packedBytes / 1e6} MB`);
      const answer = await this.ask({ piece });
      if ("files" in answer) await this.take(answer.files);
    }
    return this.grown();
  }

  private grown(cut?: string): readonly Tree[] {
    return this.trees.map(({ files, bounds }) => {
      const reasons = [bounds.incomplete(), cut].filter((reason) => reason !== undefined);
      return { files, ...(reasons.length > 0 && { incomplete: reasons.join("; ") }) };
    });
  }

  private async take(all: readonly Found[]): Promise<void> {
    const taken = all.flatMap((file, position) => {
      const tree = this.trees.find(({ wanted }) => wanted(file.path));
      return tree && admits(tree, file) ? [{ tree, position, path: file.path }] : [];
    });
    if (taken.length === 0) return;
    const answer = await this.ask({ take: taken.map(({ position }) => position) });
    const texts = "texts" in answer ? answer.texts : [];
    for (const [index, { tree, path }] of taken.entries()) {
      const { sha, text: content, unread } = texts[index] ?? { sha: "", unread: "not in the archive" };
      tree.files.push({ path, sha, ...(content !== undefined && { text: content }), ...(unread !== undefined && { unread }) });
    }
  }

  private async ask(question: TreeQuestion): Promise<z.infer<typeof answerShape>> {
    const answer = await this.child.ask(question, Math.max(1, Math.round(this.until - performance.now())));
    if (answer.status === "stopped") throw new TarballError(answer.reason);
    const read = answerShape.parse(answer.message);
    if ("broken" in read) throw new TarballError(text`${read.broken}`);
    return read;
  }
}

/**
 * The wanted files of a gzipped tarball as GitHub packs commits, unpacked in memory in a child that is killed when it
 * takes too long or grows too large. No name in it is ever a path on a disk. Fails only as the pieces fail.
 *
 * @param kinds a file is of the first kind that wants it
 * @param limits those of each kind by itself
 * @returns a tree for each kind
 */
export async function readTarball(
  pieces: AsyncIterable<Uint8Array>,
  kinds: readonly Wanted[],
  limits: Partial<TarballLimits> = {},
): Promise<Collected<readonly Tree[]>> {
  const child = killable(CHILD, MEMORY);
  try {
    return { status: "collected", value: await new TarballReader(child, kinds, { ...LIMITS, ...limits }).read(pieces) };
  } catch (error) {
    if (!(error instanceof TarballError)) throw error;
    return { status: "absent", reason: text`the repository's archive is not read: ${error.sentence}` };
  } finally {
    child.retire();
  }
}
