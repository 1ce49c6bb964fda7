import type { Tree } from "../evidence/tree.js";

/** What is kept by default: two of the largest repositories that are read. */
export const TREE_CHARACTERS = 128_000_000;

const sizeOf = (trees: readonly Tree[]): number =>
  trees.flatMap(({ files }) => files).reduce((sum, { path, text = "" }) => sum + path.length + text.length, 0);

/** Files of heads that were read lately, bounded by their characters: a head is reviewed several times as its results arrive. */
export class TreeCache {
  private readonly heads = new Map<string, { readonly trees: readonly Tree[]; readonly size: number }>();
  private readonly capacity: number;
  private size = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get(key: string): readonly Tree[] | undefined {
    const kept = this.heads.get(key);
    if (!kept) return undefined;
    this.heads.delete(key);
    this.heads.set(key, kept);
    return kept.trees;
  }

  /** Keeps a head in the place of those that nobody asked for the longest time; one that is larger than all is not kept. */
  set(key: string, trees: readonly Tree[]): void {
    this.forget(key);
    const size = sizeOf(trees);
    if (size > this.capacity) return;
    for (const oldest of this.heads.keys()) {
      if (this.size + size <= this.capacity) break;
      this.forget(oldest);
    }
    this.heads.set(key, { trees, size });
    this.size += size;
  }

  private forget(key: string): void {
    this.size -= this.heads.get(key)?.size ?? 0;
    this.heads.delete(key);
  }
}
