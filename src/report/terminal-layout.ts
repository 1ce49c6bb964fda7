const WIDE = /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\uFE0F/gu;
const COMBINING = /\p{Mn}|\p{Me}|\uFE0F/gu;

/** Columns that a line takes on a terminal, near enough: wide characters count twice, combining ones not at all. */
export const columns = (line: string): number => [...line].length + (line.match(WIDE)?.length ?? 0) - (line.match(COMBINING)?.length ?? 0);

/** Breaks at spaces; a longer word keeps a line of its own. Line breaks of ours stay. */
export function wrapped(sentence: string, width: number, first: string, following: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of sentence.split(/\s+/u)) {
    if (!empty && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = following;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** Aligned columns, two spaces apart; the first row has every column. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => columns(row[index] ?? ""))));
  const padded = (cell: string, index: number): string => cell + " ".repeat(Math.max(0, (widths[index] ?? 0) - columns(cell)));
  return rows.map((row) => `  ${row.map(padded).join("  ")}`.trimEnd());
}

/** A runner of GitHub Actions reads `::` at the start of a line, and `##[` anywhere, as commands. */
export const harmless = (line: string): string => line.replace(/^(\s*)::/u, "$1·::").replaceAll("##[", "## [");
