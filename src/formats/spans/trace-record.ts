import type { CodeLocation, EntryRun, RuntimeEntry, RuntimeTotals } from "../../model/runtime.js";
import { RunTally } from "../runtime/run-tally.js";
import type { StatementBook } from "../runtime/statement-book.js";
import { countedSpans, outgoingCalls } from "./counted.js";
import { Entries, type EntryName, OUTSIDE } from "./entries.js";
import type { Span } from "./span.js";
import { SpanTree } from "./tree.js";

const NONE = -1;

/** Tests, requests and other first spans of one file, each with what it sent: as many as a record can keep. */
const MOST_RUNS = 50_000;

/** Steps up from a statement within which a place in the code is still its own. */
const CODE_STEPS = 4;

/** One test that ran, one request: what it sent, and the span above each of its statements. */
interface Run {
  readonly name: EntryName;
  readonly tally: RunTally;
  readonly ancestors: Map<string, { place: number; spans: number }>;
  /** A marker is among its spans: only what is below one counts. */
  marked: boolean;
}

const runNamed = (name: EntryName): Run => ({ name, tally: new RunTally(), ancestors: new Map(), marked: false });

/** What a file of spans holds, as far as spans tell. */
export interface Traced {
  readonly entries: readonly RuntimeEntry[];
  readonly totals: Omit<RuntimeTotals, "duplicates">;
  /** Parents that were cut off. */
  readonly cut: number;
  /** Runs beyond those that are kept; what they sent is in the totals only. */
  readonly beyond: number;
}

/** Counts one file's spans; built for a single use. */
class Tracer {
  private readonly tree: SpanTree;
  private readonly book: StatementBook;
  private readonly entries: Entries;
  private readonly runs = new Map<number, Run>();
  private readonly outside = runNamed({ kind: "outside", key: OUTSIDE });
  private readonly marked: Uint8Array;
  private beyond = 0;
  private readonly totals = { statements: 0, noise: 0, failed: 0, outside: 0 };

  constructor(spans: readonly Span[], book: StatementBook) {
    this.tree = new SpanTree(spans);
    this.book = book;
    this.entries = new Entries(this.tree);
    this.marked = new Uint8Array(spans.length);
  }

  trace(): Traced {
    this.begin();
    this.count();
    const { orphaned, spans, cut } = this.tree;
    const outside = this.outside.tally.spans > 0 ? [[NONE, this.outside] as const] : [];
    return {
      entries: entriesOf([...this.runs, ...outside].map(([place, run]) => [run.name, this.written(place, run)])),
      totals: { ...this.totals, spans: spans.length, orphans: orphaned.reduce((sum, one) => sum + one, 0) },
      cut,
      beyond: this.beyond,
    };
  }

  /** Each test, endpoint and root is an entry, also one that sent nothing. */
  private begin(): void {
    for (const place of this.tree.order) {
      this.enter(place);
      const span = this.tree.spans[place];
      const up = this.tree.parents[place] ?? NONE;
      if (span?.measure || (up !== NONE && this.marked[up] === 1)) this.marked[place] = 1;
      for (const run of this.runsOf(place)) {
        run.tally.spans++;
        run.tally.scale ??= span?.scale;
        if (span?.measure) run.marked = true;
      }
    }
  }

  private enter(place: number): void {
    const name = this.entries.nameOf(place);
    if (name && this.runs.size >= MOST_RUNS) this.beyond++;
    else if (name) this.runs.set(place, runNamed(name));
  }

  private count(): void {
    const [isCounted, isCall] = [countedSpans(this.tree), outgoingCalls(this.tree)];
    for (const [place, span] of this.tree.spans.entries()) {
      if (!span.sent && !span.isConnection && span.call === undefined && span.otherSystem === undefined) continue;
      const runs = this.runsOf(place).filter((run) => !run.marked || this.marked[place] === 1);
      for (const { tally } of runs) {
        if (span.isConnection) tally.connections++;
        if (span.call !== undefined && isCall(place)) tally.call(span.call);
      }
      if (isCounted(place)) this.statement(place, span, runs);
    }
  }

  private statement(place: number, span: Span, runs: readonly Run[]): void {
    const { otherSystem, sent = [], times, failed, rows } = span;
    for (const { tally } of otherSystem === undefined ? [] : runs) tally.otherSystem(otherSystem ?? "");
    const told = { count: times, failed: failed ? times : 0, ...(rows !== undefined && { rows }), ...this.codeOf(place) };
    for (const { statement, noise } of sent) {
      this.total(noise, times, failed, runs.includes(this.outside));
      if (!noise) this.book.keep(statement);
      for (const run of runs) {
        if (noise) run.tally.noise += times;
        else {
          run.tally.add(statement.fingerprint, told);
          this.ascend(run, statement.fingerprint, place);
        }
      }
    }
  }

  private total(noise: boolean, times: number, failed: boolean, outside: boolean): void {
    this.totals[noise ? "noise" : "statements"] += times;
    if (failed && !noise) this.totals.failed += times;
    if (outside) this.totals.outside += times;
  }

  private ascend(run: Run, fingerprint: string, place: number): void {
    const known = run.ancestors.get(fingerprint);
    if (!known) run.ancestors.set(fingerprint, { place, spans: 1 });
    else {
      known.place = known.place === NONE ? NONE : this.tree.commonAncestor(known.place, place);
      known.spans++;
    }
  }

  private runsOf(place: number): readonly Run[] {
    const { test, endpoint, root } = this.entries.of(place);
    const places = test !== NONE ? [test, endpoint] : [endpoint !== NONE ? endpoint : root];
    const runs = places.flatMap((one) => this.runs.get(one) ?? []);
    return runs.length > 0 || places.some((one) => one !== NONE) ? runs : [this.outside];
  }

  private codeOf(place: number): { readonly code?: CodeLocation } {
    for (let [at, step] = [place, 0]; at !== NONE && step < CODE_STEPS; at = this.tree.parents[at] ?? NONE, step++) {
      const code = this.tree.spans[at]?.code;
      if (code) return { code };
    }
    return {};
  }

  /** The entry's own span is no place within it. */
  private written(entry: number, { tally, ancestors, marked }: Run): EntryRun {
    tally.measured = marked;
    return tally.run((fingerprint) => {
      const known = ancestors.get(fingerprint);
      return known && known.spans > 1 && known.place !== entry ? this.tree.spans[known.place]?.name : undefined;
    });
  }
}

/** Runs of one entry together, in the order of the file. */
function entriesOf(runs: readonly (readonly [EntryName, EntryRun])[]): readonly RuntimeEntry[] {
  const entries = new Map<string, EntryName & { readonly runs: EntryRun[] }>();
  for (const [name, run] of runs) {
    const key = JSON.stringify([name.kind, name.key, name.service]);
    const known = entries.get(key);
    if (known) known.runs.push(run);
    else entries.set(key, { ...name, runs: [run] });
  }
  return [...entries.values()];
}

/** Counts the statements of spans by test, endpoint and root. Time is linear in spans and their depth, which is capped. */
export const traced = (spans: readonly Span[], book: StatementBook): Traced => new Tracer(spans, book).trace();
