import type { CallFact, FileFacts, LineRange, LoopFact } from "../model/source.js";

/** A call that a rule objects to, on one side of a change. */
export interface Sighting {
  readonly call: CallFact;
  readonly loop: LoopFact | null;
  /** The function that it stands in; empty outside of those with a name. */
  readonly place: string;
}

/** How old a sighting at the head is; an `old` one is not on a line that changed, and nobody is told of it. */
export type Label = "new" | "touched" | "moved" | "old";

/** One rule's sightings in one file on both sides. */
export interface SightedFile {
  readonly head: readonly Sighting[];
  readonly base: readonly Sighting[];
  readonly added: readonly LineRange[];
}

const HEADER = 45;

/** A rule's calls with the loops that they run in. */
export const sightingOf = (file: FileFacts, call: CallFact): Sighting => ({
  call,
  loop: call.loop === null ? null : (file.loops[call.loop] ?? null),
  place: call.function === null ? "" : (file.functions[call.function]?.path ?? ""),
});

const headerOf = ({ loop }: Sighting): string | null => loop?.header.slice(0, HEADER) ?? null;

const identity = (sighting: Sighting): string => JSON.stringify([sighting.call.callee, headerOf(sighting)]);

/** The same call wherever it stands. */
const written = ({ call }: Sighting): string => JSON.stringify([call.callee, call.arguments.map(({ text }) => text)]);

const isAdded = (line: number, added: readonly LineRange[]): boolean => added.some((range) => range.line <= line && line <= range.endLine);

const hasAddedHeader = ({ loop }: Sighting, added: readonly LineRange[]): boolean => loop !== null && isAdded(loop.line, added);

/** A call is changed with its first line or its second; an unchanged one with the header of a loop that now encloses it. */
const isChanged = (sighting: Sighting, added: readonly LineRange[]): boolean => {
  const { line, endLine } = sighting.call;
  return isAdded(line, added) || (endLine > line && isAdded(line + 1, added)) || hasAddedHeader(sighting, added);
};

/** What is left of a list when each of the others has taken one equal to it. */
function without(all: readonly Sighting[], others: readonly Sighting[], key: (sighting: Sighting) => string): readonly Sighting[] {
  const taken = new Map<string, number>();
  for (const other of others) taken.set(key(other), (taken.get(key(other)) ?? 0) + 1);
  return all.filter((sighting) => {
    const left = taken.get(key(sighting)) ?? 0;
    if (left > 0) taken.set(key(sighting), left - 1);
    return left === 0;
  });
}

/** What a list of sightings calls, and in which loops. */
interface Kinds {
  readonly callees: ReadonlySet<string>;
  readonly headers: ReadonlySet<string | null>;
}

const kindsOf = (sightings: readonly Sighting[]): Kinds => ({
  callees: new Set(sightings.map(({ call }) => call.callee)),
  headers: new Set(sightings.map(headerOf)),
});

/** Whether a list has the same call, or one in the same loop. */
const hasAlike = (sighting: Sighting, { callees, headers }: Kinds): boolean =>
  callees.has(sighting.call.callee) || (sighting.loop !== null && headers.has(headerOf(sighting)));

function byPlace(sightings: readonly Sighting[]): ReadonlyMap<string, Kinds> {
  const places = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const known = places.get(sighting.place) ?? [];
    known.push(sighting);
    places.set(sighting.place, known);
  }
  return new Map([...places].map(([place, all]) => [place, kindsOf(all)]));
}

const isIn = (sighting: Sighting, places: ReadonlyMap<string, Kinds>): boolean => {
  const kinds = places.get(sighting.place);
  return kinds !== undefined && hasAlike(sighting, kinds);
};

/** The same call in the same loop, however it is laid out. */
const substance = (sighting: Sighting): string => JSON.stringify([written(sighting), headerOf(sighting)]);

/**
 * A call in a loop that the base had is a counterpart of anything that the rule saw there. A new loop, and a call
 * outside of loops, have a counterpart only in what the head has no more at its old place: in the same function, or
 * else among what no function keeps.
 */
function counterparts({ head, base, added }: SightedFile): (sighting: Sighting) => boolean {
  const [changed, unchanged] = [head.filter((one) => isChanged(one, added)), head.filter((one) => !isChanged(one, added))];
  const gone = without(base, unchanged, identity);
  const [goneFrom, changedIn] = [byPlace(gone), byPlace(changed)];
  const [all, homeless] = [kindsOf(base), kindsOf(gone.filter((one) => !isIn(one, changedIn)))];
  return (sighting) => {
    if (sighting.loop !== null && !hasAddedHeader(sighting, added)) return hasAlike(sighting, all);
    return isIn(sighting, goneFrom) || hasAlike(sighting, homeless);
  };
}

function labelsOf(file: SightedFile): readonly Label[] {
  const hadBefore = counterparts(file);
  const before = new Set(file.base.map(substance));
  return file.head.map((sighting) => {
    if (!isChanged(sighting, file.added)) return "old";
    if (!hadBefore(sighting)) return "new";
    return before.has(substance(sighting)) ? "old" : "touched";
  });
}

/**
 * Labels one rule's sightings at the head, for all files of a change at once: what is new in one file and vanished
 * from another was moved. The answer has the order of the files and of their sightings.
 */
export function labelled(files: readonly SightedFile[]): readonly (readonly Label[])[] {
  const vanished = new Map<string, number>();
  for (const { base, head } of files) {
    for (const gone of without(base, head, written)) vanished.set(written(gone), (vanished.get(written(gone)) ?? 0) + 1);
  }
  return files.map((file) =>
    labelsOf(file).map((label, index) => {
      const sighting = file.head[index];
      const key = label === "new" && sighting ? written(sighting) : "";
      const left = vanished.get(key) ?? 0;
      if (left === 0) return label;
      vanished.set(key, left - 1);
      return "moved";
    }),
  );
}
