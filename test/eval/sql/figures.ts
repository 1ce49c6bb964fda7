/** `98.4 %`; a dash for nothing out of nothing. */
export const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "-");

/** The nearest rank; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** How often each of these stands in the list, most often first. */
export function counted(list: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}

/** A text of others in a cell of a table: on one line, short, and without what Markdown reads. */
export const cell = (foreign: string, longest = 120): string => {
  const flat = foreign.replace(/\s+/g, " ").replace(/[|`<>]/g, "'");
  return `\`${flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat}\``;
};
