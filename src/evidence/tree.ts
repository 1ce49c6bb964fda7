import type { ChangedFile, Snapshot } from "../model/pull-request.js";

/** One file of the repository at the head. Path and text are foreign. */
export interface TreeFile {
  readonly path: string;
  /** The git blob's id, or another name that no other contents have. */
  readonly sha: string;
  readonly text?: string;
  /** Why the text is absent: `binary`, `larger than 512 KB`, … */
  readonly unread?: string;
}

/** The wanted files of the repository at the head. The base's follow from these and the changed files. */
export interface Tree {
  readonly files: readonly TreeFile[];
  /** Set when not all of them were read: why. */
  readonly incomplete?: string;
}

/** What is taken of one repository. Sizes in bytes. */
export interface TreeLimits {
  readonly files: number;
  readonly fileBytes: number;
  readonly textBytes: number;
}

/** More than the 2,000 migrations and 10,000 source files of the largest repositories that were looked at. */
export const TREE_LIMITS: TreeLimits = { files: 20_000, fileBytes: 512 * 1024, textBytes: 64 * 1024 * 1024 };

const MEGABYTE = 1024 * 1024;

/** A file's text, or why it has none. NUL bytes among the first are what git takes for binary, too. */
export function textOf(bytes: Uint8Array): { readonly text: string } | { readonly unread: string } {
  if (bytes.subarray(0, 8000).includes(0)) return { unread: "binary" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { unread: "not UTF-8" };
  }
}

/** Decides, file by file in the order of the tree, what is read of it. */
export interface TreeBounds {
  /** Whether a file of so many bytes is read; else why not. Null when no more files are listed at all. */
  admit(bytes: number): { readonly unread?: string } | null;
  /** Why not everything was read, once everything was asked. */
  incomplete(): string | undefined;
}

/** @param limits those of one repository, over all its files */
export function treeBounds(limits: TreeLimits = TREE_LIMITS): TreeBounds {
  const [left, reached] = [{ files: limits.files, bytes: limits.textBytes }, new Set<string>()];
  const tooMuch = `its text is larger than ${limits.textBytes / MEGABYTE} MB`;
  const refuse = (): null => {
    reached.add(`more than ${limits.files.toLocaleString("en-US")} of its files are wanted`);
    return null;
  };
  const over = (): { readonly unread: string } => {
    reached.add(tooMuch);
    return { unread: tooMuch };
  };
  return {
    admit: (bytes) => {
      if (left.files === 0) return refuse();
      left.files -= 1;
      if (bytes > limits.fileBytes) return { unread: `larger than ${limits.fileBytes / 1024} KB` };
      if (bytes > left.bytes) return over();
      left.bytes -= bytes;
      return {};
    },
    incomplete: () => (reached.size > 0 ? [...reached].join("; ") : undefined),
  };
}

function fileAtBase({ path, previousPath = path, base, unread }: ChangedFile, head: TreeFile | undefined, commit: string): TreeFile {
  if (base === undefined) return { path: previousPath, sha: `${commit}:${previousPath}`, unread: unread ?? "its contents are not known" };
  const sha = head?.text === base ? head.sha : `${commit}:${previousPath}`;
  return { path: previousPath, sha, text: base };
}

/** The same files at the merge base: the head's with the changed files put back as they were. */
export function baseTree(tree: Tree, { files, mergeBase }: Pick<Snapshot, "files" | "mergeBase">): Tree {
  const head = new Map(tree.files.map((file) => [file.path, file]));
  const base = new Map(head);
  for (const { path } of files) base.delete(path);
  for (const file of files) {
    if (file.status === "added") continue;
    const before = fileAtBase(file, head.get(file.path), mergeBase.sha);
    base.set(before.path, before);
  }
  return { ...tree, files: [...base.values()] };
}
