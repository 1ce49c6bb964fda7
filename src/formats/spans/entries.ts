import type { RuntimeEntry } from "../../model/runtime.js";
import type { Span } from "./span.js";
import type { SpanTree } from "./tree.js";

/** The key of what belongs to no test or request. */
export const OUTSIDE = "(outside any test)";

/** What a span belongs to: the place of its test, of its nearest server's span, of its root; -1 where there is none. */
export interface Belonging {
  readonly test: number;
  readonly endpoint: number;
  readonly root: number;
}

/** An entry without its runs. */
export type EntryName = Omit<RuntimeEntry, "runs">;

const NONE = -1;
const NOTHING: Belonging = { test: NONE, endpoint: NONE, root: NONE };

/** A span that begins with a statement or in a driver is no test: a pool that opens a connection at the start. */
const beginsEntry = ({ sent, isConnection, otherSystem, isDriver, kind }: Span): boolean =>
  !sent && !isConnection && otherSystem === undefined && !isDriver && kind !== "client";

/** Tells each span's test, endpoint and root. */
export class Entries {
  private readonly tree: SpanTree;
  private readonly tests: Int32Array;
  private readonly endpoints: Int32Array;
  private readonly roots: Int32Array;

  constructor(tree: SpanTree) {
    this.tree = tree;
    const { length } = tree.spans;
    this.tests = new Int32Array(length).fill(NONE);
    this.endpoints = new Int32Array(length).fill(NONE);
    this.roots = new Int32Array(length).fill(NONE);
    for (const place of tree.order) this.place(place);
  }

  of(place: number): Belonging {
    const [test = NONE, endpoint = NONE, root = NONE] = [this.tests[place], this.endpoints[place], this.roots[place]];
    return { test, endpoint, root };
  }

  /** What a span is the entry of; undefined for most. */
  nameOf(place: number): EntryName | undefined {
    const span = this.tree.spans[place];
    if (!span) return undefined;
    const service = span.service.name === undefined ? {} : { service: span.service.name };
    const { test, endpoint, root } = this.of(place);
    if (test === place) return { kind: "test", key: testName(span), ...service };
    if (endpoint === place) return { ...this.endpointName(span, test === NONE ? root : test, test), ...service };
    return root === place && test === NONE ? { kind: "root", key: span.name, ...service } : undefined;
  }

  /** @param above the span whose name goes in front: the test's, or the root's where that is another */
  private endpointName(span: Span, above: number, test: number): EntryName {
    const [endpoint, outer] = [span.endpoint ?? span.name, this.tree.spans[above]];
    const front = outer && outer !== span ? (test === NONE ? outer.name : testName(outer)) : undefined;
    return {
      kind: "endpoint",
      key: front === undefined ? endpoint : `${front} › ${endpoint}`,
      endpoint,
      ...(test !== NONE && front !== undefined && { within: front }),
    };
  }

  private place(place: number): void {
    const span = this.tree.spans[place];
    const up = this.tree.parents[place] ?? NONE;
    if (!span) return;
    const above = up === NONE ? NOTHING : this.of(up);
    const isRoot = up === NONE;
    const isEntry = isRoot && this.tree.orphaned[place] === 0 && beginsEntry(span);
    this.tests[place] = isTest(span, isRoot) ? place : above.test;
    this.endpoints[place] = span.kind === "server" ? place : above.endpoint;
    this.roots[place] = isRoot ? (isEntry ? place : NONE) : above.root;
  }
}

const isTest = ({ test, name }: Span, isRoot: boolean): boolean => test !== undefined || (isRoot && /^test\b/i.test(name));

const testName = ({ test, name }: Span): string => test ?? name;
