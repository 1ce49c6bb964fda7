import { type BudgetJudgement, judgeBudget } from "../../src/statistics/budget.js";
import { DEFAULTS, type Judgement } from "../../src/statistics/judge.js";
import { currentHistory, judgeModeB } from "../../src/statistics/mode-b.js";
import { blocking } from "../../src/statistics/multiplicity.js";
import { geometricMedian } from "../../src/statistics/quantiles.js";
import type { Point, PointSet } from "./points.js";
import { seededRandom } from "./random.js";
import { share } from "./rates.js";

/** What unchanged pull requests of one kind meet at the gate. */
export interface GateRow {
  readonly set: string;
  /** What the gate judged: "50 benchmarks, stored history" and the like. */
  readonly evidence: string;
  /** Share whose final conclusion is not success, the reruns that the gate asked for having been made. */
  readonly closed: number;
  /** Share whose first look asks for a rerun, and so is not answered at once. */
  readonly asks: number;
}

const BENCHMARKS = 50;
const BUDGETS = 10;
const DRAWS = 1000;

interface Measured {
  readonly run: string;
}

/** Draws whole runs with replacement until enough items are together, as one pull request would measure them. */
function pullRequests<T extends Measured>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(item.run, [...(groups.get(item.run) ?? []), item]);
  const runs = [...groups.values()];
  const random = seededRandom(size);
  return Array.from({ length: runs.length === 0 ? 0 : DRAWS }, () => {
    const drawn: T[] = [];
    while (drawn.length < size) drawn.push(...(runs[Math.floor(random() * runs.length)] ?? []));
    return drawn.slice(0, size);
  });
}

const closes = (judgements: readonly Judgement[]): boolean => blocking(judgements, DEFAULTS.blockEffect).includes(true);

interface Looks extends Measured {
  readonly first: Judgement;
  readonly three: Judgement;
}

function looks({ better, history, head, run }: Point): Looks {
  const judge = (runs: number) => judgeModeB({ better, history, head: head.slice(0, runs), ...DEFAULTS });
  return { run, first: judge(1), three: judge(3) };
}

const asksAgain = ({ first }: Looks): boolean => first.doubt === "suspect";

/** Reruns are made of the whole suite, once any benchmark asks; after them only what blocks closes the gate. */
function storedGate({ name, points }: PointSet): GateRow {
  const drawn = pullRequests(points.map(looks), BENCHMARKS);
  const rerun = drawn.filter((request) => request.some(asksAgain));
  return {
    set: name,
    evidence: `${BENCHMARKS} benchmarks, stored history`,
    closed: rerun.filter((request) => closes(request.map(({ three }) => three))).length / Math.max(1, drawn.length),
    asks: rerun.length / Math.max(1, drawn.length),
  };
}

interface Budgeted extends Measured {
  readonly first: BudgetJudgement;
  readonly three: BudgetJudgement;
}

/** Runs that show the level at which a limit was agreed. */
const LEVEL_RUNS = 10;

/** A limit that leaves the given headroom to the level of the last runs, whichever way is better. */
function budgeted({ better, history, head, run }: Point, headroom: number): Budgeted {
  const level = geometricMedian(currentHistory(history).slice(-LEVEL_RUNS));
  const [kind, limit] =
    better === "lower" ? (["at-most", level / (1 - headroom)] as const) : (["at-least", level * (1 - headroom)] as const);
  const judge = (runs: number) => judgeBudget({ kind, limit, values: head.slice(0, runs), strict: false });
  return { run, first: judge(1), three: judge(3) };
}

const isOver = ({ first }: Budgeted): boolean => first.decision !== "pass";

function budgetGate({ name, points }: PointSet, headroom: number): GateRow {
  const items = points.map((point) => budgeted(point, headroom));
  const drawn = pullRequests(items, BUDGETS);
  const failed = (request: readonly Budgeted[]) =>
    request.some(({ first }) => first.decision === "fail") ||
    (request.some(isOver) && request.some(({ three }) => three.decision === "fail"));
  return {
    set: name,
    evidence: `${BUDGETS} budgets with ${headroom * 100} % headroom`,
    closed: share(drawn, failed),
    asks: share(drawn, (request) => request.some(isOver)),
  };
}

/**
 * Pull requests that change nothing, at the gate as it decides by default: benchmarks against their stored history,
 * and absolute budgets. Suspects after three runs and what lies in the noise are shown and close nothing.
 */
export function gate(sets: readonly PointSet[]): readonly GateRow[] {
  return [...sets.map(storedGate), ...[0.2, 0.05].flatMap((headroom) => sets.map((set) => budgetGate(set, headroom)))];
}

/**
 * The same for benchmarks measured in turn on one machine.
 * @param answers the last judgement of every benchmark of every block, by the run plan; nothing is asked again.
 */
export function pairedGate(set: string, answers: readonly { readonly run: string; readonly judgement: Judgement }[]): GateRow {
  const drawn = pullRequests(answers, BENCHMARKS);
  return {
    set,
    evidence: `${BENCHMARKS} benchmarks, measured in turn`,
    closed: share(drawn, (request) => closes(request.map(({ judgement }) => judgement))),
    asks: 0,
  };
}
