import { normalUpperTail } from "./normal.js";

interface Ranked {
  /** Twice the mean rank of each value, base first: whole numbers even among ties. */
  readonly doubled: readonly number[];
  /** How many values share each rank. */
  readonly ties: readonly number[];
}

function rank(values: readonly number[]): Ranked {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const doubled = new Array<number>(values.length).fill(0);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (const index of order.slice(start, end)) doubled[index] = start + end + 1;
    ties.push(end - start);
    start = end;
  }
  return { doubled, ties };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** In how many ways `size` of the ranks add up to each sum; index = sum. */
function waysToSum(ranks: readonly number[], size: number): readonly number[] {
  const most = sum(ranks);
  const ways = Array.from({ length: size + 1 }, () => new Array<number>(most + 1).fill(0));
  const none = ways[0];
  if (none) none[0] = 1;
  for (const each of ranks) {
    for (let taken = size; taken >= 1; taken--) {
      const [with_ = [], without = []] = [ways[taken], ways[taken - 1]];
      for (let total = most; total >= each; total--) with_[total] = (with_[total] ?? 0) + (without[total - each] ?? 0);
    }
  }
  return ways[size] ?? [];
}

/**
 * One-sided Mann-Whitney test: the probability, were both sides alike, that the head's ranks add up to as much as they
 * do. Exact with ties too: every choice of head values out of the pooled ranks counts once.
 * Time and memory grow with the cube of the number of values: meant for up to about 30.
 */
export function mannWhitneyExact(base: readonly number[], head: readonly number[]): number {
  const { doubled } = rank([...base, ...head]);
  const reached = sum(doubled.slice(base.length));
  const ways = waysToSum(doubled, head.length);
  return sum(ways.slice(reached)) / sum(ways);
}

/** The same by the normal approximation, corrected for ties and for continuity; for more than about 15 values a side. */
export function mannWhitneyApproximate(base: readonly number[], head: readonly number[]): number {
  const { doubled, ties } = rank([...base, ...head]);
  const n = doubled.length;
  const u = sum(doubled.slice(base.length)) / 2 - (head.length * (head.length + 1)) / 2;
  const tied = sum(ties.map((size) => size ** 3 - size)) / (n * (n - 1));
  const deviation = Math.sqrt(((base.length * head.length) / 12) * (n + 1 - tied));
  return deviation === 0 ? 1 : normalUpperTail((u - (base.length * head.length) / 2 - 0.5) / deviation);
}
