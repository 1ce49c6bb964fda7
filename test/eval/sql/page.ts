/** One part of the page, under its title. */
export interface Section {
  readonly title: string;
  readonly body: string;
}

const HEADING = "\n\n## ";

const sectionsOf = (page: string): readonly Section[] =>
  page
    .split(HEADING)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      return { title: part.slice(0, end), body: part.slice(end).trim() };
    });

const rowsOf = (table: string): readonly string[] => table.split("\n").filter((line) => line.startsWith("| ") && line.includes("`"));

/** The table of an earlier page with the repositories of this one: a part that was not made anew is about the commits that stand there. */
export function withRepositories(earlier: string, table: string): string {
  const before = rowsOf(earlier.split(HEADING)[0] ?? "").filter((row) => !table.includes(row));
  return [table, ...before].join("\n");
}

/** The sections of an earlier page, those of this run in their place, new ones at the end. */
export function withSections(earlier: string, made: readonly Section[]): readonly Section[] {
  const fresh = new Map(made.map((section) => [section.title, section]));
  const kept = sectionsOf(earlier);
  const titles = new Set(kept.map(({ title }) => title));
  return [...kept.map((section) => fresh.get(section.title) ?? section), ...made.filter(({ title }) => !titles.has(title))];
}
