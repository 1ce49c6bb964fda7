import type { BothSides, CountedEntry, CountedStatement } from "../model/counts.js";
import type { Completeness, RuntimeStatement } from "../model/runtime.js";
import type { SentBy } from "../model/statements.js";
import { figure, join, type Text, text } from "../model/text.js";
import { abridged } from "./abridged.js";

/** Statements that are named one by one. */
const NAMED = 3;

/** `1,204`: a count for reading. */
export const counted = (value: number): Text => figure(value.toLocaleString("en-US"));

export const queries = (value: number): Text => text`${counted(value)} ${value === 1 ? ["query"] : ["queries"]}`;

/** `12 → 212 queries`; without a base the head's alone. */
export const moved = ({ head, base }: BothSides): Text => (base === null ? queries(head) : text`${counted(base)} → ${queries(head)}`);

/** A statement as it is shown; of one that was cut only the beginning is known. */
export const shownStatement = ({ normalized, incomplete }: RuntimeStatement): Text =>
  text`${abridged(normalized)}${incomplete ? [" (statement text incomplete)"] : []}`;

/** What an entry sends more of than the base, the most first. */
export const grown = ({ statements }: Pick<CountedEntry, "statements">): readonly CountedStatement[] =>
  statements.filter(({ head, base }) => head > (base ?? 0)).sort((one, other) => moreOf(other) - moreOf(one));

export const moreOf = ({ head, base }: BothSides): number => head - (base ?? 0);

/** `+50 × select … from shipments where order_id = ?, and 2 more`: what accounts for a difference. */
export function accountedFor(entry: Pick<CountedEntry, "statements">): Text {
  const all = grown(entry);
  const shown = all.slice(0, NAMED).map((one) => text`${counted(moreOf(one))} × ${shownStatement(one.statement)}`);
  const more = all.length > NAMED ? text`, and ${all.length - NAMED} more` : [];
  return text`${join(shown, ", ")}${more}`;
}

/** `statement from list orders, 10 times per run`: what stands in the place of a line of a file. */
export function sentText({ entry, times, others }: SentBy): Text {
  const often = times === 1 ? text`once per run` : text`${counted(times)} times per run`;
  return text`statement from ${entry}, ${often}${others === 0 ? [] : text`, and from ${counted(others)} more`}`;
}

/** Why counts are no proof, in the words of the first doubt; null where they are. */
export function doubtOf(completeness: Completeness): Text | null {
  if (completeness.status === "complete") return null;
  const [first, ...others] = completeness.reasons;
  if (!first) return text`it is not known why`;
  return others.length > 0 ? text`${first.message} (and ${others.length} more)` : first.message;
}
