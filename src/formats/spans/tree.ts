import type { Span } from "./span.js";

/** Spans further below a root than any program calls; where parents form a circle, it is cut before. */
const MOST_DEPTH = 256;

const NONE = -1;

/** The spans of all traces of a file by their places in a list, each with its parent. */
export class SpanTree {
  readonly spans: readonly Span[];
  /** Per span, its parent's place; -1 for a root. */
  readonly parents: Int32Array;
  /** Per span, steps from its root. */
  readonly depths: Int32Array;
  /** All places, parents before their children. */
  readonly order: readonly number[];
  /** Per span, 1 where its parent is named and is in no file, though it is no other process's. */
  readonly orphaned: Uint8Array;
  /** Parents that were cut off: they formed a circle, or a chain that is too long. */
  cut = 0;

  constructor(spans: readonly Span[]) {
    this.spans = spans;
    this.parents = new Int32Array(spans.length).fill(NONE);
    this.depths = new Int32Array(spans.length).fill(NONE);
    this.orphaned = new Uint8Array(spans.length);
    this.link();
    this.order = this.descend();
  }

  /** Roots are their own. */
  rootOf(place: number): number {
    let at = place;
    for (let up = this.parents[at] ?? NONE; up !== NONE; up = this.parents[at] ?? NONE) at = up;
    return at;
  }

  /** The nearest span that is above both, or one of them; -1 for spans of different roots. */
  commonAncestor(left: number, right: number): number {
    let [a, b] = [left, right];
    while (a !== b && a !== NONE && b !== NONE) {
      const [deepA, deepB] = [this.depths[a] ?? 0, this.depths[b] ?? 0];
      if (deepA >= deepB) a = this.parents[a] ?? NONE;
      if (deepB >= deepA) b = this.parents[b] ?? NONE;
    }
    return a === b ? a : NONE;
  }

  private link(): void {
    const places = new Map(this.spans.map(({ id }, place) => [id, place]));
    for (const [place, span] of this.spans.entries()) {
      if (span.parent === undefined) continue;
      const shared = places.get(`${span.parent}s`);
      const isOfServer = shared !== undefined && shared !== place && this.spans[shared]?.service.name === span.service.name;
      const parent = isOfServer ? shared : places.get(span.parent);
      if (parent !== undefined) this.parents[place] = parent;
      else if (!span.isRemote && span.kind !== "server") this.orphaned[place] = 1;
    }
  }

  private descend(): readonly number[] {
    const order: number[] = [];
    for (let place = 0; place < this.spans.length; place++) this.descendTo(place, order);
    return order;
  }

  /** Climbs to what has its depth already, then comes down again. */
  private descendTo(place: number, order: number[]): void {
    const path: number[] = [];
    const onPath = new Set<number>();
    let at = place;
    while (at !== NONE && this.depths[at] === NONE && !onPath.has(at)) {
      path.push(at);
      onPath.add(at);
      at = this.parents[at] ?? NONE;
    }
    if (at !== NONE && onPath.has(at)) this.cutOff(path.at(-1) ?? NONE);
    for (const one of path.reverse()) {
      const parent = this.parents[one] ?? NONE;
      const depth = parent === NONE ? 0 : (this.depths[parent] ?? 0) + 1;
      if (depth > MOST_DEPTH) this.cutOff(one);
      this.depths[one] = depth > MOST_DEPTH ? 0 : depth;
      order.push(one);
    }
  }

  private cutOff(place: number): void {
    this.parents[place] = NONE;
    this.orphaned[place] = 1;
    this.cut++;
  }
}
