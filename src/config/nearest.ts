/** Number of insertions, deletions, replacements and swaps of neighbours between two short words. */
function distance(a: string, b: string): number {
  let previous: number[] = [];
  let current = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        (next[column - 1] ?? 0) + 1,
        (current[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (previous[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    previous = current;
    current = next;
  }
  return current[b.length] ?? 0;
}

const plain = (word: string): string => word.toLowerCase().replaceAll("-", "_");

/** Letters that `word` has nowhere: of two words as near, the one that only doubles a letter is meant. */
const foreignLetters = (candidate: string, word: string): number => [...candidate].filter((letter) => !word.includes(letter)).length;

/** The known word that `word` most likely means: at most a third of its letters differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const tolerance = (candidate: string): number => Math.max(1, Math.floor(candidate.length / 3));
  return known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= tolerance(candidate))
    .map((candidate) => ({ candidate, steps: distance(plain(word), plain(candidate)), letters: foreignLetters(candidate, word) }))
    .filter(({ candidate, steps }) => steps <= tolerance(candidate))
    .sort((a, b) => a.steps - b.steps || a.letters - b.letters)[0]?.candidate;
}
