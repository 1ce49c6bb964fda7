import type { EntryRun } from "../model/runtime.js";
import { type Text, text } from "../model/text.js";

/** Statements that one run sent. */
export const sentIn = ({ statements }: EntryRun): number => statements.reduce((sum, { count }) => sum + count, 0);

/** What a run sent and how often, equal for runs that sent the same. */
export const signature = ({ statements }: EntryRun): string =>
  statements
    .map(({ fingerprint, count }) => `${fingerprint}:${count}`)
    .sort()
    .join(" ");

/** Fewest statements first. Runs of one test come in any order; their counts do not. */
export const byCount = (runs: readonly EntryRun[]): readonly EntryRun[] =>
  runs
    .map((run) => ({ run, sent: sentIn(run), signed: signature(run) }))
    .sort((one, other) => one.sent - other.sent || (one.signed < other.signed ? -1 : 1))
    .map(({ run }) => run);

/** The runs of one entry on one side, and in how many folders its files came: a suite that ran twice comes in two. */
export interface Side {
  readonly runs: readonly EntryRun[];
  readonly folders: number;
}

/** Runs that belong together, in the order of their counts. */
export interface Paired {
  readonly head: readonly EntryRun[];
  readonly base: readonly EntryRun[];
}

const alike = (one: readonly EntryRun[], other: readonly EntryRun[]): boolean =>
  one.every((run, at) => other[at] !== undefined && sentIn(run) === sentIn(other[at]));

interface NotCompared {
  readonly reason: Text;
}

/** One repetition of a side that ran several times; a reason where its repetitions differ. */
function once({ runs }: Side, times: number, whose: string): { readonly runs: readonly EntryRun[] } | NotCompared {
  const length = runs.length / times;
  const [first = [], ...others] = Array.from({ length: times }, (_, at) => byCount(runs.slice(at * length, (at + 1) * length)));
  if (others.every((other) => alike(first, other))) return { runs: first };
  return { reason: text`it is not stable: two runs of the ${[whose]} sent different numbers` };
}

/** How often `side` repeats the `other`; 1 where it does not. */
function repeats(side: Side, other: Side): number {
  const times = side.runs.length / other.runs.length;
  return Number.isInteger(times) && times <= side.folders ? times : 1;
}

/**
 * Runs of the head and of the base that may be compared one by one, or why not: a test that ran more often on one side had
 * other parameters, or was retried. Files of several folders may be one suite that ran several times.
 */
export function pairRuns(head: Side, base: Side): Paired | NotCompared {
  const own = once(head, repeats(head, base), "head");
  const earlier = once(base, repeats(base, head), "base");
  if ("reason" in own) return own;
  if ("reason" in earlier) return earlier;
  const [here, before] = [own.runs.length, earlier.runs.length];
  if (here !== before) return { reason: text`runs differ, not compared: ${before} at the base, ${here} here` };
  return { head: own.runs, base: earlier.runs };
}
