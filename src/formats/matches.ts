import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";
import { type Line, printed } from "./text-lines.js";

/** More lines of one kind than a tool's report has; the rest are not kept. */
const MOST = 1_000;
/** In characters: lines of a report are short, and what is longer is somebody's URL or error text. */
const LONGEST = 4_000;

/** Lines of one kind, in order: a row of captured groups for each. */
export type Rows = readonly (readonly string[])[];

/** The lines of a report by what they are. */
export type Matches<Kind extends string> = (kind: Kind) => Rows;

/** Sorts the lines of a report by patterns, which must begin with `^`: a line that matches none is left out. */
export function matches<Kind extends string>(lines: Iterable<Line>, patterns: Readonly<Record<Kind, RegExp>>): Matches<Kind> {
  const kinds = Object.entries<RegExp>(patterns).map(([kind, pattern]) => ({ kind, pattern, rows: [] as (readonly string[])[] }));
  for (const line of lines) {
    if (line.text.length > LONGEST) continue;
    for (const { pattern, rows } of kinds) {
      const groups = pattern.exec(line.text);
      if (groups !== null && rows.length < MOST) rows.push(groups.slice(1).map((group) => group ?? ""));
    }
  }
  const found = new Map(kinds.map(({ kind, rows }): [string, Rows] => [kind, rows]));
  return (kind) => found.get(kind) ?? [];
}

/** The number in a column of the first such line; NaN when there is none. */
export function numberIn(rows: Rows, column = 0): number {
  return printed(rows[0]?.[column] ?? "");
}

/** The count in a column of the first such line, where the tool leaves the line out for a count of 0. */
export function countIn(rows: Rows, column = 0): number {
  return rows.length === 0 ? 0 : numberIn(rows, column);
}

/** @throws FormatError `several-runs`: neither the first nor the last is taken silently. */
export function refuseSeveral(runs: number): void {
  if (runs <= 1) return;
  throw new FormatError(
    "several-runs",
    text`the file holds ${runs} runs`,
    text`give one file per run, not several runs appended to one file`,
  );
}

/** @param last what the tool writes at the end of every run @returns never @throws FormatError `truncated` */
export function truncated(last: string): never {
  throw new FormatError(
    "truncated",
    text`the file ends before ${[last]}, which the tool writes at the end of a run`,
    text`let the run come to its end, and give the file as the tool wrote it`,
  );
}
