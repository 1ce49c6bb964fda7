import type { Text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { answered, checklistRows } from "./checklist.js";
import { compared, configuration, notes } from "./compared.js";
import { headline, type Mood, mood, moodMarks } from "./headline.js";
import { plainly } from "./plain.js";
import type { Section } from "./section.js";
import { sections } from "./sections.js";
import { harmless, table, wrapped } from "./terminal-layout.js";

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; 100 without. */
  readonly width?: number;
}

const sgr = { open: "32", warned: "33", closed: "31", waiting: "36", bold: "1", dim: "2" } as const satisfies Record<
  Mood | "bold" | "dim",
  string
>;

type Paint = (style: keyof typeof sgr, line: string) => string;

const painted: Paint = (style, line) => `\u001B[${sgr[style]}m${line}\u001B[0m`;

const unpainted: Paint = (_, line) => line;

const listed = (rows: Section["rows"], width: number): readonly string[] =>
  rows.flatMap((row) => row.flatMap((line, index) => wrapped(plainly(line), width, index === 0 ? "  " : "     ", "     ")));

const rowsOf = (section: Section, width: number): readonly string[] =>
  section.header.length > 0 ? table([section.header, ...section.rows].map((row) => row.map(plainly))) : listed(section.rows, width);

const body = (section: Section, width: number): readonly string[] => [
  ...rowsOf(section, width),
  ...(section.closing ? wrapped(plainly(section.closing), width, "  ", "  ") : []),
];

const folded = (all: readonly Section[]): readonly string[] =>
  all
    .filter((section) => section.folded)
    .map((section) => `  ${plainly(section.title)}${/\d/u.test(plainly(section.title)) ? "" : `: ${section.rows.length}`}`);

const checklist = (review: Review, width: number): readonly string[] =>
  checklistRows(review.checklist).flatMap((row) =>
    wrapped(plainly([...row.mark, " ", ...row.text, " — ", ...row.answer]), width, "  ", "     "),
  );

/** The review for a person at a terminal: verdict first, then what to do, the rows that matter, the checklist. */
export function renderTerminal(review: Review, { color, width = 100 }: TerminalOptions): string {
  const paint = color ? painted : unpainted;
  const all = sections(review);
  const state = mood(review.verdict);
  const sentence = (text: Text): readonly string[] => wrapped(plainly(text), width, "", "  ");
  const lines = [
    ...sentence([moodMarks[state], " ", ...headline(review.verdict)]).map((line) => paint(state, harmless(line))),
    "",
    ...[...compared(review), ...notes(review), configuration(review)].flatMap(sentence).map((line) => paint("dim", harmless(line))),
    ...all
      .filter((section) => !section.folded)
      .flatMap((section) => ["", paint("bold", plainly(section.title)), ...body(section, width).map(harmless)]),
    "",
    paint("bold", `Checklist (${plainly(answered(review.checklist))})`),
    ...checklist(review, width).map(harmless),
    ...["", paint("dim", "Also in the full report (--format markdown):"), ...folded(all).map((line) => paint("dim", line))],
  ];
  return `${lines.join("\n")}\n`;
}
