import { isOwnItem } from "../config/own-item.js";
import { checklistItems, type LineId, TRUST_LINE } from "../model/rule.js";

/** A box of our checklist as a comment shows it: turned on or off, and what it said that a tick rests on. */
export interface Box {
  readonly ticked: boolean;
  readonly basis: string | null;
}

/** A task at the start of a line; foreign text is never at the start of a line. */
const TASK = /^- \[([ xX])\] /u;

/** Our hidden mark behind the text of the line. */
const MARK = /^(?:\*\* )?<!-- item:([a-z0-9/+-]{1,80})(?: ([0-9a-f]{1,64}))? -->/u;

const isItem = (name: string): name is LineId => checklistItems.some((item) => item === name) || name === TRUST_LINE || isOwnItem(name);

/** Where a code span that begins here has ended: behind the next run of as many backticks (CommonMark 6.1). */
function behindCode(line: string): number {
  const fence = /^`+/u.exec(line)?.[0].length ?? 0;
  for (const run of line.slice(fence).matchAll(/`+/gu)) if (run[0].length === fence) return fence + run.index + fence;
  return line.length;
}

/** What follows a line's bold text: our own words, or a stranger's in one code span, whatever that holds. */
function behindText(task: string): string {
  if (!task.startsWith("**")) return task;
  const words = task.slice(2);
  const end = words.startsWith("`") ? behindCode(words) : words.indexOf("**");
  return end < 0 ? "" : words.slice(end);
}

/**
 * The boxes of a comment of ours as a human left them. Lines without our mark are not boxes; of a line
 * that was copied, the first counts.
 */
export function readTicks(body: string): ReadonlyMap<LineId, Box> {
  const ticks = new Map<LineId, Box>();
  for (const line of body.split(/\r\n|\r|\n/u)) {
    const [start, box] = TASK.exec(line) ?? [];
    const [, item, basis = null] = start === undefined ? [] : (MARK.exec(behindText(line.slice(start.length))) ?? []);
    if (item !== undefined && isItem(item) && !ticks.has(item)) ticks.set(item, { ticked: box !== " ", basis });
  }
  return ticks;
}
