import { createHash } from "node:crypto";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { TREE_LIMITS, textOf } from "../evidence/tree.js";

/**
 * What the parent asks: it hands over the tarball in pieces and is told which files stood in each; then it takes those
 * that it wants. What it does not take before the next piece is forgotten. The last piece is null.
 */
export type TreeQuestion = { readonly piece: Uint8Array | null } | { readonly take: readonly number[] };

/** A piece that unpacks to more than this holds no source code. */
const HELD_BYTES = 160_000_000;

interface Held {
  readonly path: string;
  readonly size: number;
  readonly isLink: boolean;
  readonly bytes: Buffer | null;
}

let held: Held[] = [];
let heldBytes = 0;
/** What the parent was told of last; the next files may come in meanwhile. */
let offered: readonly Held[] = [];
let failure: Error | null = null;

const gunzip = createGunzip();
const tar = extract();
const ended = new Promise<void>((resolve) => {
  const fail = (error: Error): void => {
    failure ??= error;
    resolve();
  };
  gunzip.on("error", fail);
  tar.on("error", fail).on("finish", resolve);
});
gunzip.pipe(tar);

/** GitHub puts everything into one folder, named after repository and commit. */
const withoutFolder = (name: string): string => name.slice(name.indexOf("/") + 1);

tar.on("entry", ({ name, size = 0, type }, stream, next) => {
  const isLink = type === "symlink" || type === "link";
  const isKept = type === "file" && size <= TREE_LIMITS.fileBytes;
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: unknown) => {
    if (isKept && Buffer.isBuffer(chunk)) chunks.push(chunk);
  });
  stream.on("end", () => {
    const bytes = isKept ? Buffer.concat(chunks) : null;
    heldBytes += bytes?.length ?? 0;
    if (type === "file" || isLink) held.push({ path: withoutFolder(name), size, isLink, bytes });
    next(heldBytes > HELD_BYTES ? new Error("it grows too much when unpacked") : null);
  });
});

/** Resolves when the piece is unpacked, but for the little that is still on its way. */
async function feed(piece: Uint8Array | null): Promise<object> {
  offered = [];
  if (piece === null) gunzip.end();
  const fed = piece === null ? ended : new Promise<void>((resolve) => gunzip.write(piece, () => resolve()));
  await Promise.race([fed, ended]);
  if (failure) throw failure;
  offered = held;
  held = [];
  heldBytes = 0;
  return { files: offered.map(({ path, size, isLink }) => ({ path, size, isLink })) };
}

function take(positions: readonly number[]): object {
  const texts = positions.map((position) => {
    const bytes = offered[position]?.bytes;
    if (!bytes) return { sha: "", unread: "not in the archive" };
    return { sha: createHash("sha256").update(bytes).digest("hex"), ...textOf(bytes) };
  });
  return { texts };
}

process.on("disconnect", () => process.exit());
process.on("message", (question: TreeQuestion) => {
  const answered = "take" in question ? Promise.resolve(take(question.take)) : feed(question.piece);
  answered.then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ broken: error instanceof Error ? error.message : "unknown" }),
  );
});
process.send?.("ready");
