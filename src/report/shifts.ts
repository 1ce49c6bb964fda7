import type { Shift } from "../evidence/level-shifts.js";
import { figure, join, type Text, text } from "../model/text.js";
import { formatShare } from "../statistics/quantity.js";
import { markdown } from "./markdown.js";
import { count } from "./phrases.js";

/** A shift as it is reported. */
export type ReportedShift = Shift & { readonly pulls: readonly number[]; readonly flagged: boolean };

const MOST_LISTED = 50;

const size = (effect: number): Text => text`${figure(formatShare(Math.expm1(Math.abs(effect))))} ${effect > 0 ? ["worse"] : ["better"]}`;

const origin = ({ pulls, flagged, effect }: ReportedShift): Text => {
  if (pulls.length === 0) return text`no pull request is known for it`;
  const named = join(
    pulls.map((number) => text`#${number}`),
    ", ",
  );
  if (effect <= 0) return named;
  return flagged ? text`${named}, whose review had said so` : text`${named}, whose review had not noticed: the gate missed it`;
};

const item = (shift: ReportedShift): Text => text`${shift.benchmark} ${shift.metric}: ${size(shift.effect)} from here on; ${origin(shift)}`;

/** How well the gate does: of the slowdowns that came with a pull request, how many it had not flagged. */
export function missRate(all: readonly ReportedShift[]): Text {
  const slower = all.filter(({ effect, pulls }) => effect > 0 && pulls.length > 0);
  const missed = slower.filter(({ flagged }) => !flagged).length;
  if (slower.length === 0) return [];
  return text`So far ${count(slower.length, "lasting regression")} came in with pull requests, and the reviews missed ${missed} of them.`;
}

/** Title and summary of the check on the commit from which on benchmarks stay at another level. */
export function renderShifts(
  here: readonly ReportedShift[],
  all: readonly ReportedShift[],
): { readonly title: string; readonly summary: string } {
  const worst = [...here].sort((a, b) => b.effect - a.effect);
  const more = worst.length > MOST_LISTED ? [text`… and ${worst.length - MOST_LISTED} more`] : [];
  const lines = [...worst.slice(0, MOST_LISTED).map(item), ...more].map((line) => `- ${markdown(line)}`);
  const rate = missRate(all);
  const reset = text`Later pull requests are compared with the runs from this commit on.`;
  const slower = here.filter(({ effect }) => effect > 0).length;
  return {
    title: `${here.length} ${here.length === 1 ? "figure" : "figures"} changed level at this commit, ${slower} for the worse`,
    summary: [...lines, "", markdown(reset), ...(rate.length > 0 ? ["", markdown(rate)] : [])].join("\n"),
  };
}
