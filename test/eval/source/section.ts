const TITLE = "\n\n## Rules over source code\n\n";

/** The section of an earlier page; null where it has none. */
export function sourceSectionOf(page: string): string | null {
  const start = page.indexOf(TITLE);
  return start < 0 ? null : page.slice(start + TITLE.length).trim();
}

/** A page with the section at its end, in the place of the one that it had. */
export function withSourceSection(page: string, body: string | null): string {
  const start = page.indexOf(TITLE);
  const rest = (start < 0 ? page : page.slice(0, start)).trimEnd();
  return body === null ? `${rest}\n` : `${rest}${TITLE}${body}\n`;
}
