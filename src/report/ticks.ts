import { type ChecklistItem, checklistItems } from "../model/rule.js";

/** A task of our checklist at the start of a line; foreign text is never at the start of a line. */
const TASK = /^- \[([ xX])\] (?:\*\*[^*]*\*\* )?<!-- item:([a-z0-9/+-]+) -->/u;

const isItem = (name: string): name is ChecklistItem => checklistItems.some((item) => item === name);

/**
 * The boxes of a comment of ours as a human left them. Lines without our mark are not boxes; of a line
 * that was copied, the first counts.
 */
export function readTicks(body: string): ReadonlyMap<ChecklistItem, boolean> {
  const ticks = new Map<ChecklistItem, boolean>();
  for (const line of body.split(/\r\n|\r|\n/u)) {
    const [, box, item] = TASK.exec(line) ?? [];
    if (item !== undefined && isItem(item) && !ticks.has(item)) ticks.set(item, box !== " ");
  }
  return ticks;
}
