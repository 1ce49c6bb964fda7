/** The named nodes of one syntax tree in the order of the text, as columns: a node is its index. Offsets are UTF-16 units. */
export interface TreeColumns {
  readonly source: string;
  readonly kinds: readonly string[];
  /** The field of its parent that a node stands in; null for none. */
  readonly fields: readonly (string | null)[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** −1 for the root. */
  readonly parents: readonly number[];
  /** The last node below each node, or itself. */
  readonly lasts: readonly number[];
  /** The 1-based line of an offset. */
  readonly lineOf: (offset: number) => number;
}

const oneLine = (written: string): string => (/[^\S ]| {2}/.test(written) ? written.replace(/\s+/g, " ") : written).trim();

/** Questions to a syntax tree; each takes time that is linear in the children of a node, or in what it returns. */
export class SyntaxTree {
  readonly source: string;
  readonly size: number;
  private readonly columns: TreeColumns;

  constructor(columns: TreeColumns) {
    this.columns = columns;
    this.source = columns.source;
    this.size = columns.kinds.length;
  }

  kind(node: number): string {
    return this.columns.kinds[node] ?? "";
  }

  field(node: number): string | null {
    return this.columns.fields[node] ?? null;
  }

  parent(node: number): number {
    return this.columns.parents[node] ?? -1;
  }

  start(node: number): number {
    return this.columns.starts[node] ?? 0;
  }

  end(node: number): number {
    return this.columns.ends[node] ?? 0;
  }

  line(node: number): number {
    return this.columns.lineOf(this.start(node));
  }

  /** Of its last character. */
  endLine(node: number): number {
    return this.columns.lineOf(Math.max(this.start(node), this.end(node) - 1));
  }

  children(node: number): readonly number[] {
    const last = this.columns.lasts[node] ?? node;
    const found: number[] = [];
    for (let child = node + 1; child <= last; child = (this.columns.lasts[child] ?? child) + 1) found.push(child);
    return found;
  }

  first(node: number): number | null {
    return (this.columns.lasts[node] ?? node) > node ? node + 1 : null;
  }

  /** The first child in a field. */
  child(node: number, field: string): number | null {
    const last = this.columns.lasts[node] ?? node;
    for (let child = node + 1; child <= last; child = (this.columns.lasts[child] ?? child) + 1)
      if (this.columns.fields[child] === field) return child;
    return null;
  }

  childOf(node: number, kinds: ReadonlySet<string>): number | null {
    const last = this.columns.lasts[node] ?? node;
    for (let child = node + 1; child <= last; child = (this.columns.lasts[child] ?? child) + 1)
      if (kinds.has(this.columns.kinds[child] ?? "")) return child;
    return null;
  }

  /** What is written between two offsets, on one line and no longer than `length`. */
  between(start: number, end: number, length: number): string {
    // White space may be dropped: four times the length is enough for code that people wrote.
    const written = oneLine(this.source.slice(start, Math.min(end, start + length * 4)));
    return written.length > length ? `${written.slice(0, length - 1)}…` : written;
  }

  text(node: number, length: number): string {
    return this.between(this.start(node), this.end(node), length);
  }
}
