import { DEFAULTS, type Judgement } from "../../src/statistics/judge.js";
import { judgeModeA } from "../../src/statistics/mode-a.js";
import { nextProcesses } from "../../src/statistics/plan.js";
import { type Block, blocks, type Span, slower } from "./blocks.js";
import type { ProcessSet } from "./process-history.js";
import { anyOfFifty, average, SLOWDOWNS, share } from "./rates.js";

export interface ModeARow {
  readonly rule: string;
  readonly comparisons: number;
  /** Called a regression or an improvement though nothing changed, and pull requests of 50 benchmarks with a regression. */
  readonly falseAlarms: number;
  readonly falseImprovements: number;
  readonly pr50: number;
  /** Called a regression at {@link SLOWDOWNS}. */
  readonly detection: readonly number[];
  readonly inconclusive: number;
  /** Inconclusive of unchanged code because something points to a slowdown. */
  readonly suspects: number;
  /** "No change" said of a real +5, 10, 20 and 50 %. */
  readonly saidNoChange: readonly number[];
  /** Processes a side, on unchanged code. */
  readonly processes: number;
}

interface Answer {
  readonly judgement: Judgement;
  readonly processes: number;
}

const judge = ({ base, head }: Block, processes: number): Judgement =>
  judgeModeA({ better: "lower", base: base.slice(0, processes), head: head.slice(0, processes), ...DEFAULTS, statistic: "min" });

/** As `redline bench` does: more processes until it is decided or nobody grants more. */
function planned(block: Block, maximum: number): Answer {
  let answer: Answer | undefined;
  for (let next = nextProcesses([], 0, maximum); next !== null; ) {
    answer = { judgement: judge(block, next), processes: next };
    next = nextProcesses([answer.judgement], next, maximum);
  }
  return answer ?? { judgement: judge(block, maximum), processes: maximum };
}

type Plan = (block: Block) => Answer;

const fixed =
  (processes: number): Plan =>
  (block) => ({ judgement: judge(block, processes), processes });

function row(rule: string, at: readonly Block[], plan: Plan): ModeARow {
  const unchanged = at.map(plan);
  const changed = SLOWDOWNS.map((by) => at.map((block) => plan({ ...block, head: slower(block.head, by) })));
  const says = (answers: readonly Answer[], decision: Judgement["decision"]) =>
    share(answers, ({ judgement }) => judgement.decision === decision);
  return {
    rule,
    comparisons: at.length,
    falseAlarms: says(unchanged, "regression"),
    falseImprovements: says(unchanged, "improvement"),
    pr50: anyOfFifty(unchanged.map(({ judgement }, index) => ({ run: at[index]?.run ?? "", alarm: judgement.decision === "regression" }))),
    detection: changed.map((answers) => says(answers, "regression")),
    inconclusive: says(unchanged, "inconclusive"),
    suspects: share(unchanged, ({ judgement }) => judgement.doubt === "suspect"),
    saidNoChange: changed.slice(1).map((answers) => says(answers, "no-change")),
    processes: average(unchanged.map(({ processes }) => processes)),
  };
}

/** What the plan says of every block of unchanged code, for the gate. */
export function plannedAnswers(set: ProcessSet): readonly { readonly run: string; readonly judgement: Judgement }[] {
  const runs = Math.min(...set.benchmarks.map(({ rounds }) => rounds.length));
  return blocks(set, { first: 1, last: runs }, 8, 2).map((block) => ({ run: block.run, judgement: planned(block, 8).judgement }));
}

/** Steps between blocks: half of the processes of a side. */
export const stepOf = (processes: number): number => Math.max(1, Math.floor(processes / 2));

/** Our judge on base and head measured in turn: with a fixed number of processes a side, and by the plan. */
export function modeA(set: ProcessSet, span: Span): readonly ModeARow[] {
  return [
    ...[3, 5, 8].map((count) => row(`Redline, k = ${count}`, blocks(set, span, count, stepOf(count)), fixed(count))),
    row("Redline, plan 3 → 5 → 8", blocks(set, span, 8, 2), (block) => planned(block, 8)),
    row("Redline, plan 3 → 5 → 8 → 12", blocks(set, span, 12, 2), (block) => planned(block, 12)),
  ];
}
