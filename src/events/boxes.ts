import type { LineId } from "../model/rule.js";
import type { Boxes } from "../model/verdict.js";
import { type Box, readTicks } from "../report/ticks.js";

/** A box that an edit turned. What a tick rests on is read from the text that the person had before them. */
export type Turned = Box & { readonly item: LineId };

/**
 * Boxes that an edit turned; without the earlier text, all as they stand. A line that was not there before is no box,
 * so that nobody ticks a line that no review showed.
 */
export function turnedBoxes(after: string, before: string | undefined): readonly Turned[] {
  const now = readTicks(after);
  if (before === undefined) return [...now].map(([item, box]) => ({ item, ...box }));
  const then = readTicks(before);
  return [...now].flatMap(([item, { ticked }]) => {
    const box = then.get(item);
    return box === undefined || box.ticked === ticked ? [] : [{ item, ticked, basis: box.basis }];
  });
}

/**
 * The head in whose comment this box stood, the present one if it did; null for a box that we never published, whatever
 * the text of the comment says, which anybody with write access can change.
 */
export function headOf({ item, basis }: Turned, published: readonly Boxes[], presentSha: string): string | null {
  const heads = published.filter((boxes) => Object.hasOwn(boxes.basis, item) && boxes.basis[item] === basis).map(({ sha }) => sha);
  return heads.includes(presentSha) ? presentSha : (heads.at(-1) ?? null);
}
