import type { Found } from "./found.js";

export interface Difference {
  /** Of the head, in its order: new, or different from the base in more than layout and comments. */
  readonly added: readonly Found[];
  /** Of the base: not there any more, or not so. */
  readonly removed: readonly Found[];
}

/** A multiset of statements by their text. */
class Known {
  private readonly counts = new Map<string, number>();

  constructor(statements: readonly Found[]) {
    for (const { identity } of statements) this.counts.set(identity, (this.counts.get(identity) ?? 0) + 1);
  }

  /** True when there is one more of it, which is used up. */
  take({ identity }: Found): boolean {
    const left = this.counts.get(identity) ?? 0;
    if (left > 0) this.counts.set(identity, left - 1);
    return left > 0;
  }
}

/**
 * What differs between two lists of statements. Texts are compared, not fingerprints: `OFFSET 10` made
 * `OFFSET 5000` is a change. A statement that the base holds once hides one at the head, not two.
 */
export function difference(head: readonly Found[], base: readonly Found[]): Difference {
  if (head.length === 0 || base.length === 0) return { added: head, removed: base };
  const [atBase, atHead] = [new Known(base), new Known(head)];
  return { added: head.filter((statement) => !atBase.take(statement)), removed: base.filter((statement) => !atHead.take(statement)) };
}

/** The statements of `added` that were not merely moved here from another file. */
export function withoutMoved(added: readonly Found[], removed: readonly Found[]): readonly Found[] {
  if (removed.length === 0) return added;
  const moved = new Known(removed);
  return added.filter((statement) => !moved.take(statement));
}
