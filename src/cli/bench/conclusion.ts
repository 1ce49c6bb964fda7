import { sayShare } from "../../config/quantities.js";
import type { BenchBundle } from "../../formats/bench-bundle.js";
import type { Comparison } from "../../model/judgement.js";
import { type Text, text } from "../../model/text.js";
import { sentence } from "../terminal.js";
import { EXIT } from "../usage.js";
import type { Halt } from "./measure.js";
import { sayTime } from "./progress.js";

/**
 * The exit code: a regression past the blocking rule counts whatever else went wrong; without one, only a measurement
 * in which every run gave its result opens the gate.
 */
export function exitCode({ runs }: BenchBundle, comparisons: readonly Comparison[], halt: Halt | null): number {
  if (comparisons.some(({ blocks }) => blocks)) return EXIT.closed;
  if (halt?.state === "failed") return halt.noResult ? EXIT.usage : EXIT.failed;
  const outcomes = runs.map(({ outcome }) => outcome);
  if (outcomes.includes("failed") || outcomes.includes("timed-out")) return EXIT.failed;
  return outcomes.includes("no-result") ? EXIT.usage : EXIT.open;
}

/** What a halt leaves in the bundle. */
export function reasonOf(halt: Halt): Text {
  return halt.state === "failed" ? halt.why : text`it was interrupted`;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

function verdict(comparisons: readonly Comparison[], { blockEffect }: { readonly blockEffect: number }): string {
  const judged = comparisons.filter(({ mode }) => mode !== null);
  const blocking = judged.filter(({ blocks }) => blocks).length;
  const open = judged.filter(({ decision }) => decision === "inconclusive").length;
  if (judged.length === 0) return "nothing was compared";
  const undecided = open === 0 ? "" : `; ${open} not decided`;
  if (blocking > 0)
    return `${count(blocking, "regression")} of ${sayShare(blockEffect)} or more among ${count(judged.length, "figure")}${undecided}`;
  return `no regression of ${sayShare(blockEffect)} or more among ${count(judged.length, "figure")}${undecided}`;
}

/** The last lines: what was measured how long on what, and what it means. */
export function summary(
  { runs, environment }: BenchBundle,
  comparisons: readonly Comparison[],
  halt: Halt | null,
  effects: { readonly blockEffect: number },
): readonly string[] {
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const failed = runs.filter(({ outcome }) => outcome !== "measured").length;
  const machine = sentence(text`${environment.cpu ?? "an unknown processor"}, ${environment.cores ?? 0} cores`);
  const stopped = halt === null ? [] : [`not finished: ${sentence(reasonOf(halt))}`];
  return [
    "",
    verdict(comparisons, effects),
    ...stopped,
    `${count(runs.length, "run")}${failed === 0 ? "" : `, ${failed} without a result`}, ${sayTime(seconds)}, on ${machine}`,
  ];
}
