import { usableFiles } from "../../evidence/results.js";
import type { Side } from "../../formats/bench-bundle.js";
import { distinct } from "../../formats/bench-samples.js";
import { plain, type Text, text } from "../../model/text.js";
import { problemLine } from "../terminal.js";
import { type Means, type OneRun, type Prepared, runOnce } from "./one-run.js";
import { progressLine, quote, say } from "./progress.js";
import type { BenchRecord } from "./record.js";

/** Why measuring went no further. */
export type Halt =
  | { readonly state: "interrupted" }
  | { readonly state: "failed"; readonly side: Side; readonly why: Text; readonly noResult: boolean };

/** A side that failed in its second run, too, will not get better. */
const MOST_FAILURES = 2;
const MOST_NOTES = 20;

export interface Measuring extends Means {
  readonly record: BenchRecord;
  /** What was said already and need not be said again. */
  readonly said: Set<string>;
  /** Rounds until the next look, for progress. */
  readonly target: number;
}

const remedies: Readonly<Partial<Record<OneRun["run"]["outcome"], Text>>> = {
  failed: text`; where that is normal for it, such as a crossed threshold of k6, write -- 'COMMAND || true'`,
};

function report({ run, tail, results }: OneRun): void {
  const { side, round, outcome, message } = run;
  if (outcome === "measured" || outcome === "interrupted") return;
  say(text`${[side]}, round ${round}: ${message ?? ""}${remedies[outcome] ?? []}`);
  if (outcome === "no-result") for (const problem of (results.problems ?? []).slice(1)) say([problemLine(problem)]);
  quote(tail);
}

/** A sentence that every run would repeat is said once. */
function sayOnce(said: Set<string>, message: Text): void {
  const line = plain(message);
  if (!said.has(line) && said.size < MOST_NOTES) say(message);
  said.add(line);
}

/** Files and figures that were left out of a run that did measure something. */
function leftOut({ run, results }: OneRun): readonly Text[] {
  if (run.outcome !== "measured") return [];
  const empty = results.files.flatMap(({ file, run: { noData } }) => (noData ? [text`no data in ${file}: ${noData}`] : []));
  const inside = usableFiles(results).flatMap(({ run: { problems } }) => problems);
  return [...empty, ...[...(results.problems ?? []), ...inside].map((problem): Text => [problemLine(problem)])];
}

function keep({ record, said }: Measuring, one: OneRun): void {
  const measured = one.run.outcome === "measured" ? usableFiles(one.results) : [];
  const { kept, twice } = distinct(measured.map(({ run }) => run.measurements));
  record.add(one.run, kept, measured[0]?.run.environment);
  for (const name of twice) sayOnce(said, text`${name} stands in two result files of one run, and is not judged`);
  for (const message of leftOut(one)) sayOnce(said, message);
}

function haltAfter({ record }: Measuring, { run }: OneRun): Halt | null {
  if (run.outcome === "interrupted") return { state: "interrupted" };
  if (run.outcome === "measured") return null;
  const failed = record.bundle.runs.filter(({ side, outcome }) => side === run.side && outcome !== "measured");
  const first = failed.length === record.bundle.runs.filter(({ side }) => side === run.side).length;
  if (!first && failed.length < MOST_FAILURES) return null;
  const why = text`the command gave no result at the ${[run.side]}: ${run.message ?? ""}`;
  return { state: "failed", side: run.side, why, noResult: run.outcome === "no-result" };
}

/**
 * Base first in the first round, head first in the second, and so on: what comes and goes in time with the runs, such as
 * a throttled processor or a job of the minute, then hits both sides alike.
 */
export const inOrder = <T>(sides: readonly T[], round: number): readonly T[] => (round % 2 === 1 ? sides : sides.toReversed());

/** One run of each side; the first thing that forbids another one, if any. */
export async function measureRound(sides: readonly Prepared[], round: number, measuring: Measuring): Promise<Halt | null> {
  const { options, record, stop, target } = measuring;
  for (const [position, prepared] of inOrder(sides, round).entries()) {
    if (stop.aborted) return { state: "interrupted" };
    const { side } = prepared;
    say(
      progressLine({
        side,
        round,
        target,
        most: options.maxRounds,
        runs: record.bundle.runs,
        left: sides.length - position,
        sides: sides.length,
      }),
    );
    const one = await runOnce(prepared, round, measuring);
    keep(measuring, one);
    await record.save();
    report(one);
    const halt = haltAfter(measuring, one);
    if (halt !== null) return halt;
  }
  return null;
}
