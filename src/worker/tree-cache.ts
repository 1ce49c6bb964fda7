import type { Tree } from "../evidence/tree.js";
import { Lru } from "./lru.js";

/** What is kept by default: two of the largest repositories that are read. */
export const TREE_CHARACTERS = 128_000_000;

const sizeOf = (trees: readonly Tree[]): number =>
  trees.flatMap(({ files }) => files).reduce((sum, { path, text = "" }) => sum + path.length + text.length, 0);

/** Files of heads that were read lately, bounded by their characters: a head is reviewed several times as its results arrive. */
export class TreeCache extends Lru<readonly Tree[]> {
  constructor(capacity: number) {
    super(capacity, sizeOf);
  }
}
