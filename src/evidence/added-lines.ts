import type { LineRange } from "../model/source.js";

/** Lines `from` to `to`, the latter not included, on both sides. */
interface Gap {
  readonly base: readonly [from: number, to: number];
  readonly head: readonly [from: number, to: number];
  readonly depth: number;
}

type Lines = readonly number[];

/** A gap this small is solved exactly; larger ones are cut at lines that both sides have once. */
const EXACT = 160_000;
const DEPTH = 20;

/** Equal lines as equal numbers. */
function numbered(texts: readonly (readonly string[])[]): readonly Lines[] {
  const numbers = new Map<string, number>();
  return texts.map((lines) =>
    lines.map((line) => {
      const known = numbers.get(line) ?? numbers.size;
      numbers.set(line, known);
      return known;
    }),
  );
}

function trimmed(base: Lines, head: Lines, gap: Gap): Gap {
  let [[from, to], [start, end]] = [gap.base, gap.head];
  while (from < to && start < end && base[from] === head[start]) {
    from += 1;
    start += 1;
  }
  while (from < to && start < end && base[to - 1] === head[end - 1]) {
    to -= 1;
    end -= 1;
  }
  return { base: [from, to], head: [start, end], depth: gap.depth };
}

/** The head's lines in a longest common subsequence, by dynamic programming. */
function exact(base: Lines, head: Lines, { base: [from, to], head: [start, end] }: Gap): ReadonlySet<number> {
  const width = end - start + 1;
  const table = new Uint16Array((to - from + 1) * width);
  const at = (row: number, column: number): number => table[row * width + column] ?? 0;
  for (let row = to - from - 1; row >= 0; row -= 1)
    for (let column = end - start - 1; column >= 0; column -= 1)
      table[row * width + column] =
        base[from + row] === head[start + column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const kept = new Set<number>();
  for (let [row, column] = [0, 0]; row < to - from && column < end - start; ) {
    if (base[from + row] === head[start + column]) {
      kept.add(start + column);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}

/** Places of the lines that stand once in a range. */
function once(lines: Lines, [from, to]: readonly [number, number]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  const repeated = new Set<number>();
  for (let at = from; at < to; at += 1) {
    const line = lines[at] ?? -1;
    if (places.has(line)) repeated.add(line);
    places.set(line, at);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

interface Anchor {
  readonly base: number;
  readonly head: number;
}

/** The pile whose top is the last that lies before a place: the tops are in order. */
function pileFor(place: number, tops: readonly number[]): number {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The longest run of pairs that is in order on both sides (patience sorting). */
function increasing(pairs: readonly Anchor[]): readonly Anchor[] {
  const tops: number[] = [];
  const indexes: number[] = [];
  const before: number[] = [];
  for (const [index, { base }] of pairs.entries()) {
    const pile = pileFor(base, tops);
    before.push(indexes[pile - 1] ?? -1);
    tops[pile] = base;
    indexes[pile] = index;
  }
  const found: Anchor[] = [];
  for (let at = indexes.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) found.push(pair);
  }
  return found.reverse();
}

function anchors(base: Lines, head: Lines, gap: Gap): readonly Anchor[] {
  if (gap.depth >= DEPTH) return [];
  const inBase = once(base, gap.base);
  const pairs = [...once(head, gap.head)].flatMap(([line, at]) => {
    const before = inBase.get(line);
    return before === undefined ? [] : [{ base: before, head: at }];
  });
  return increasing(pairs);
}

function between(gap: Gap, found: readonly Anchor[]): readonly Gap[] {
  const stops = [...found, { base: gap.base[1], head: gap.head[1] }];
  let [from, start] = [gap.base[0], gap.head[0]];
  return stops.map(({ base, head }) => {
    const inside: Gap = { base: [from, base], head: [start, head], depth: gap.depth + 1 };
    [from, start] = [base + 1, head + 1];
    return inside;
  });
}

function ranges(added: readonly boolean[]): readonly LineRange[] {
  const found: { line: number; endLine: number }[] = [];
  for (const [index, isAdded] of added.entries()) {
    const last = found.at(-1);
    if (!isAdded) continue;
    if (last?.endLine === index) last.endLine = index + 1;
    else found.push({ line: index + 1, endLine: index + 1 });
  }
  return found;
}

/** What is added in a gap, or the smaller gaps that it falls into. */
function solved(base: Lines, head: Lines, gap: Gap): { readonly added: readonly number[] } | { readonly gaps: readonly Gap[] } {
  const [[from, to], [start, end]] = [gap.base, gap.head];
  const isSmall = (to - from) * (end - start) <= EXACT;
  const found = isSmall ? [] : anchors(base, head, gap);
  if (found.length > 0) return { gaps: between(gap, found) };
  const kept = isSmall && from < to ? exact(base, head, gap) : NONE;
  return { added: Array.from({ length: end - start }, (_, index) => start + index).filter((line) => !kept.has(line)) };
}

const NONE: ReadonlySet<number> = new Set();

/** Lines that a text has and its base has not, as a diff shows them; for texts of n lines in about n log n steps. */
export function addedLines(baseText: string, headText: string): readonly LineRange[] {
  const [base = [], head = []] = numbered([baseText, headText].map((whole) => whole.split(/\r?\n/)));
  const added = head.map(() => false);
  const left: Gap[] = [{ base: [0, base.length], head: [0, head.length], depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const result = solved(base, head, trimmed(base, head, next));
    if ("gaps" in result) left.push(...result.gaps);
    else for (const line of result.added) added[line] = true;
  }
  return ranges(added);
}
