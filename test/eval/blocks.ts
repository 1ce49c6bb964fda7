import type { ProcessSeries, ProcessSet } from "./process-history.js";

type Rounds = readonly (readonly number[])[];

/** Two sides of one unchanged benchmark, measured in turn: as many pairs of processes as the largest number asked for. */
export interface Block {
  /** The runs it was made of; benchmarks of one block were disturbed by the same things. */
  readonly run: string;
  readonly base: Rounds;
  readonly head: Rounds;
}

/** First and last run, counted from 1. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const every = (rounds: Rounds, start: number, count: number): Rounds =>
  Array.from({ length: count }, (_, index) => rounds[start + 2 * index] ?? []);

function blocksOf({ rounds }: ProcessSeries, { first, last }: Span, pairs: number, step: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let start = first - 1; start + 2 * pairs <= Math.min(last, rounds.length); start += step) {
    blocks.push({ run: String(start), base: every(rounds, start, pairs), head: every(rounds, start + 1, pairs) });
  }
  return blocks;
}

/** Runs s, s+2, … as base and s+1, s+3, … as head, for every `step`-th s. */
export function blocks(set: ProcessSet, span: Span, pairs: number, step: number): readonly Block[] {
  return set.benchmarks.flatMap((series) => blocksOf(series, span, pairs, step));
}

/** Every round by a ratio − 1 slower. */
export const slower = (side: Rounds, by: number): Rounds => side.map((rounds) => rounds.map((value) => value * (1 + by)));
