import { type Text, text } from "../model/text.js";

/** A table (with a header) or a list (without): each row is one cell per column, or the lines of one list item. */
export interface Section {
  readonly title: Text;
  /** Section of docs/blocked.md that says what to do about it. */
  readonly anchor?: Anchor;
  readonly header: readonly Text[];
  readonly rows: readonly (readonly Text[])[];
  /** A line below the rows. */
  readonly closing?: Text;
  /** Each row is a sentence and the lines of a block of code below it. */
  readonly code?: true;
  /** Folded sections hold what needs nobody's attention. */
  readonly folded: boolean;
}

/** The sections of docs/blocked.md. */
export type Anchor =
  | "budget-exceeded"
  | "regression"
  | "blocking-finding"
  | "evidence-missing"
  | "evidence-broken"
  | "configuration-invalid"
  | "not-measured"
  | "not-compared"
  | "override";

/** A section of which the last rows may have been left out. */
export interface KeptSection extends Section {
  readonly total: number;
}

/** Keeps the first `count` rows of all sections together; a section that loses all its rows keeps its title. */
export function keep(sections: readonly Section[], count: number): readonly KeptSection[] {
  let left = count;
  return sections.map((section) => {
    const rows = section.rows.slice(0, left);
    left -= rows.length;
    return { ...section, rows, total: section.rows.length };
  });
}

export const rowsOf = (sections: readonly Section[]): number => sections.reduce((sum, section) => sum + section.rows.length, 0);

/** Says how many rows a section has lost. */
export function leftOut(section: KeptSection): Text | null {
  const missing = section.total - section.rows.length;
  return missing === 0 ? null : text`… and ${missing} more, left out to stay within GitHub's limit.`;
}

/**
 * The longest rendering that fits: all rows if possible, else as many of the first ones as fit.
 * `render` must grow with the number of rows; without any row it is returned as it is.
 */
export function fitting(total: number, render: (kept: number) => string, fits: (rendered: string) => boolean): string {
  const whole = render(total);
  if (fits(whole)) return whole;
  let low = 0;
  let high = total;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(render(middle))) low = middle;
    else high = middle;
  }
  return render(low);
}
