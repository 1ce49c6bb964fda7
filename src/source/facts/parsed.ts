import type { LanguageTable } from "../languages/table.js";
import type { SyntaxTree } from "../tree.js";

/** One file's tree with what its language calls things. */
export interface Parsed {
  readonly tree: SyntaxTree;
  readonly table: LanguageTable;
  /** Called now and then by what goes through the whole tree; throws when the time is up. */
  readonly tick: () => void;
}

/** Deeper nesting is not followed: time stays linear in the text. */
export const DEPTH = 64;

/** A child by its field or its position. */
export function part({ tree }: Parsed, node: number, where: string | number | undefined): number | null {
  if (where === undefined) return null;
  return typeof where === "string" ? tree.child(node, where) : (tree.children(node)[where] ?? null);
}
