import type { Found } from "./found.js";

/** Two texts with less in common than this are two statements; a choice. */
const ALIKE = 0.5;
/** Enough for two statements of one verb in one function; a choice. */
const ALIKE_IN_PLACE = 0.2;
const PAIRS = 10_000;
const WORDS = 400;

const wordsOf = ({ identity }: Found): readonly string[] => identity.split(" ").slice(1, WORDS + 1);

/** Dice's coefficient over the multisets of words: 0 for nothing in common, 1 for the same words. */
function similarity(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count === 0) continue;
    counts.set(word, count - 1);
    common += 1;
  }
  return (2 * common) / Math.max(1, left.length + right.length);
}

class Pairing {
  readonly pairs = new Map<Found, Found>();
  private readonly taken = new Set<Found>();
  private readonly added: readonly Found[];
  private readonly removed: readonly Found[];

  constructor(added: readonly Found[], removed: readonly Found[]) {
    this.added = added;
    this.removed = removed;
  }

  /** Those with the same key, in their order. */
  byKey(keyOf: (statement: Found) => string | null): void {
    const waiting = new Map<string, Found[]>();
    for (const before of this.left(this.removed)) {
      const key = keyOf(before);
      if (key !== null) waiting.set(key, [...(waiting.get(key) ?? []), before]);
    }
    for (const after of this.left(this.added)) {
      const before = waiting.get(keyOf(after) ?? "")?.shift();
      if (before) this.pair(after, before);
    }
  }

  byLikeness(): void {
    const [added, removed] = [this.left(this.added), this.left(this.removed)];
    if (added.length * removed.length > PAIRS) return;
    const words = new Map([...added, ...removed].map((statement) => [statement, wordsOf(statement)]));
    const scored = added.flatMap((after) =>
      removed.flatMap((before) => {
        const score = likeness(after, before, words);
        return score === null ? [] : [{ after, before, score }];
      }),
    );
    for (const { after, before } of scored.sort((one, other) => other.score - one.score)) {
      if (!this.taken.has(after) && !this.taken.has(before)) this.pair(after, before);
    }
  }

  private left(statements: readonly Found[]): readonly Found[] {
    return statements.filter((statement) => !this.taken.has(statement));
  }

  private pair(after: Found, before: Found): void {
    this.pairs.set(after, before);
    this.taken.add(after).add(before);
  }
}

/** Null for two that have too little in common, or of different verbs. */
function likeness(after: Found, before: Found, words: ReadonlyMap<Found, readonly string[]>): number | null {
  const [left = [], right = []] = [words.get(after), words.get(before)];
  if (left[0]?.toLowerCase() !== right[0]?.toLowerCase()) return null;
  const score = similarity(left, right);
  const isSamePlace = after.place !== null && after.place !== "" && after.place === before.place;
  return score >= (isSamePlace ? ALIKE_IN_PLACE : ALIKE) ? score + (isSamePlace ? 1 : 0) : null;
}

/**
 * Which statement of the base each changed one replaces: the one with the same `-- name:`, else with the
 * same fingerprint, else the most similar of the same verb, those in the same function first.
 */
export function pairStatements(added: readonly Found[], removed: readonly Found[]): ReadonlyMap<Found, Found> {
  if (added.length === 0 || removed.length === 0) return new Map();
  const pairing = new Pairing(added, removed);
  pairing.byKey(({ name }) => name);
  pairing.byKey(({ fingerprint }) => fingerprint);
  pairing.byLikeness();
  return pairing.pairs;
}
