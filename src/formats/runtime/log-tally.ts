import type { Doubt, EntryRun, RuntimeEntry, RuntimeRecord, RuntimeSource } from "../../model/runtime.js";
import { text } from "../../model/text.js";
import type { Sent } from "../../sql/sent/statement.js";
import { RunTally, type Told } from "./run-tally.js";
import { StatementBook } from "./statement-book.js";

/** Tests, endpoints or sessions of one file. */
const MOST_ENTRIES = 20_000;
const MOST_RUNS = 100_000;

export type LogEntry = Omit<RuntimeEntry, "runs">;

interface Kept {
  readonly entry: LogEntry;
  readonly runs: Map<string, RunTally>;
}

/** Counts a record that has statements and no spans: a log, a table of sums. Built for a single use. */
export class LogTally {
  private readonly source: RuntimeSource;
  private readonly book = new StatementBook();
  private readonly entries = new Map<string, Kept>();
  private readonly totals = { statements: 0, noise: 0, failed: 0, outside: 0 };
  private runs = 0;
  private beyond = false;

  constructor(source: RuntimeSource) {
    this.source = source;
  }

  /** What was counted at all. */
  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  sent(sql: string | undefined, system: string, name: string): readonly Sent[] {
    return this.book.sent(sql, system, name);
  }

  /** @returns the run's tally; undefined where there are too many */
  run(entry: LogEntry, run = ""): RunTally | undefined {
    const key = JSON.stringify([entry.kind, entry.key]);
    const kept = this.entries.get(key) ?? { entry, runs: new Map<string, RunTally>() };
    const known = kept.runs.get(run);
    if (known) return known;
    if (this.entries.size >= MOST_ENTRIES || this.runs >= MOST_RUNS) {
      this.beyond = true;
      return undefined;
    }
    const tally = new RunTally();
    this.entries.set(key, kept);
    kept.runs.set(run, tally);
    this.runs++;
    return tally;
  }

  /** @param tallies of all entries that have a part in it: the statement is in the totals once */
  add({ statement, noise }: Sent, told: Told, tallies: readonly (RunTally | undefined)[]): void {
    this.totals[noise ? "noise" : "statements"] += told.count;
    if (!noise) {
      this.totals.failed += told.failed;
      this.book.keep(statement);
    }
    for (const tally of tallies) {
      if (noise && tally) tally.noise += told.count;
      else tally?.add(statement.fingerprint, told);
    }
  }

  record(sha256: string, doubts: readonly Doubt[]): RuntimeRecord {
    const isTooMuch = this.beyond || this.book.overflowed;
    const tooMany: Doubt = { code: "too-many", message: text`there are more entries or statements than are kept` };
    return {
      source: this.source,
      sha256,
      instrumentations: [],
      services: [],
      statements: this.book.statements(),
      entries: [...this.entries.values()].map(({ entry, runs }) => ({
        ...entry,
        runs: [...runs.values()].map((run): EntryRun => run.run()),
      })),
      totals: { ...this.totals, spans: 0, orphans: 0, duplicates: 0 },
      doubts: isTooMuch ? [...doubts, tooMany] : doubts,
    };
  }
}
