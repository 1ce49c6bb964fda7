import type { Slope } from "../model/counts.js";
import type { EntryRun, RuntimeStatement } from "../model/runtime.js";
import { sentIn } from "./runtime-pairs.js";

/** A run with the least and one with the most data; where several have the same, what speaks least for growth. */
function extremes(runs: readonly EntryRun[]): readonly [EntryRun, EntryRun] | null {
  const scaled = runs.flatMap((run) => (run.scale === undefined ? [] : [{ run, scale: run.scale, sent: sentIn(run) }]));
  const small = [...scaled].sort((one, other) => one.scale - other.scale || other.sent - one.sent)[0];
  const large = [...scaled].sort((one, other) => other.scale - one.scale || one.sent - other.sent)[0];
  return small && large && small.scale < large.scale ? [small.run, large.run] : null;
}

const countsOf = ({ statements }: EntryRun): ReadonlyMap<string, number> =>
  new Map(statements.map(({ fingerprint, count }) => [fingerprint, count]));

type Counts = readonly [number, number];

const moreOf = ([less, more]: Counts): number => more - less;

/** How often each run sent the statements of which the larger sent more. */
function growthOf([small, large]: readonly [EntryRun, EntryRun]): ReadonlyMap<string, Counts> {
  const few = countsOf(small);
  const both = large.statements.map(({ fingerprint, count }) => [fingerprint, [few.get(fingerprint) ?? 0, count]] as const);
  return new Map(both.filter(([, counts]) => moreOf(counts) > 0));
}

/** As much, or more, of everything that grows here grew at the base. */
function wasThere(here: ReadonlyMap<string, Counts>, base: readonly EntryRun[] | null): boolean | null {
  const sides = base && extremes(base);
  if (!sides) return null;
  const before = growthOf(sides);
  return [...here].every(([fingerprint, counts]) => moreOf(before.get(fingerprint) ?? [0, 0]) >= moreOf(counts));
}

/** What an entry sends at two sizes of data (`redline.scale`); null where it ran with one, or none is said. */
export function slopeOf(
  head: readonly EntryRun[],
  base: readonly EntryRun[] | null,
  statements: ReadonlyMap<string, RuntimeStatement>,
): Slope | null {
  const sides = extremes(head);
  if (!sides) return null;
  const [small, large] = sides;
  const growth = growthOf(sides);
  const growing = [...growth].flatMap(([fingerprint, counts]) => {
    const statement = statements.get(fingerprint);
    return statement ? [{ statement, counts }] : [];
  });
  return {
    scales: [small.scale ?? 0, large.scale ?? 0],
    counts: [sentIn(small), sentIn(large)],
    growing: growing.sort((one, other) => moreOf(other.counts) - moreOf(one.counts)),
    wasThere: wasThere(growth, base),
  };
}
