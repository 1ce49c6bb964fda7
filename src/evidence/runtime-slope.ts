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

const countIn = ({ statements }: EntryRun, fingerprint: string): number =>
  statements.filter((one) => one.fingerprint === fingerprint).reduce((sum, { count }) => sum + count, 0);

/** How many more of each statement the larger run sent; those that grew. */
function growthOf([small, large]: readonly [EntryRun, EntryRun]): ReadonlyMap<string, number> {
  const grown = large.statements.map(
    ({ fingerprint }) => [fingerprint, countIn(large, fingerprint) - countIn(small, fingerprint)] as const,
  );
  return new Map(grown.filter(([, more]) => more > 0));
}

/** As much, or more, of everything that grows here grew at the base. */
function wasThere(here: ReadonlyMap<string, number>, base: readonly EntryRun[] | null): boolean | null {
  const sides = base && extremes(base);
  if (!sides) return null;
  const before = growthOf(sides);
  return [...here].every(([fingerprint, more]) => (before.get(fingerprint) ?? 0) >= more);
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
  const growing = [...growth].flatMap(([fingerprint, more]) => {
    const statement = statements.get(fingerprint);
    return statement ? [{ statement, counts: [countIn(small, fingerprint), countIn(large, fingerprint)] as const, more }] : [];
  });
  return {
    scales: [small.scale ?? 0, large.scale ?? 0],
    counts: [sentIn(small), sentIn(large)],
    growing: growing.sort((one, other) => other.more - one.more).map(({ statement, counts }) => ({ statement, counts })),
    wasThere: wasThere(growth, base),
  };
}
