import type { Config } from "../../config/config.js";
import { benchComparisons } from "../../evidence/bench-comparisons.js";
import type { Side } from "../../formats/bench-bundle.js";
import type { Comparison } from "../../model/judgement.js";
import { text } from "../../model/text.js";
import { nextProcesses } from "../../statistics/plan.js";
import { type Halt, type Measuring, measureRound } from "./measure.js";
import type { Prepared } from "./one-run.js";
import { prepare, type Unprepared } from "./prepare.js";
import { quote, say } from "./progress.js";

export type Session = Omit<Measuring, "target">;

const isPrepared = (side: Prepared | Unprepared): side is Prepared => "folder" in side;

const unprepared = ({ side, why, stopped }: Unprepared): Halt =>
  stopped ? { state: "interrupted" } : { state: "failed", side, why: text`--setup failed at the ${[side]}: ${why}`, noResult: false };

/** A base that cannot be measured leaves the head's own figures, which budgets need; a head that cannot leaves nothing. */
const leavesHead = (halt: Halt): boolean => halt.state === "failed" && halt.side === "base";

const sayHeadOnly = (): void => say(text`nothing can be compared; the head is measured alone, for budgets`);

interface Ready {
  readonly sides: readonly Prepared[];
  /** Why the base is not among them, or why there is nothing to measure. */
  readonly halt: Halt | null;
}

/** Both work trees after `--setup`, base first. */
export async function prepareSides(folders: Readonly<Record<Side, string>>, { options, stop }: Session): Promise<Ready> {
  const sides: Prepared[] = [];
  let halt: Halt | null = null;
  for (const side of ["base", "head"] as const) {
    if (options.setup !== undefined) say(text`${[side]}: ${options.setup}`);
    const prepared = await prepare(side, folders[side], options, stop);
    if (isPrepared(prepared)) sides.push(prepared);
    else {
      const failure = unprepared(prepared);
      if (failure.state === "failed") say(failure.why);
      quote(prepared.tail);
      if (!leavesHead(failure)) return { sides: [], halt: failure };
      sayHeadOnly();
      halt = failure;
    }
  }
  return { sides, halt };
}

/** Rounds from one look to the next. */
async function measureUntil(sides: readonly Prepared[], from: number, target: number, session: Session): Promise<Halt | null> {
  for (let round = from; round <= target; round++) {
    const halt = await measureRound(sides, round, { ...session, target });
    if (halt !== null) return halt;
  }
  return null;
}

const isJudged = ({ mode }: Comparison): boolean => mode !== null;

function sayLook(round: number, judged: readonly Comparison[], next: number): void {
  const open = judged.filter(({ decision }) => decision === "inconclusive").length;
  say(text`after ${round} rounds ${judged.length - open} of ${judged.length} figures are decided; on to round ${next}`);
}

/** Base and head in turn, a look after 3, 5 and 8 rounds, until everything is decided or the rounds are used up. */
async function measurePairs(sides: readonly Prepared[], session: Session, config: Config): Promise<Halt | null> {
  const { rounds, maxRounds } = session.options;
  let [done, target]: [number, number | null] = [0, rounds];
  while (target !== null) {
    const halt = await measureUntil(sides, done + 1, target, session);
    if (halt !== null) return halt;
    done = target;
    const judged = benchComparisons(session.record.bundle, config).comparisons.filter(isJudged);
    target = judged.length === 0 ? null : nextProcesses(judged, done, maxRounds);
    if (target !== null) sayLook(done, judged, target);
  }
  return null;
}

const baseNever = ({ record }: Session): boolean =>
  !record.bundle.runs.some(({ side, outcome }) => side === "base" && outcome === "measured");

/** Measures everything that can be; why it stopped early, if it did. */
export async function measureSides({ sides, halt }: Ready, session: Session, config: Config): Promise<Halt | null> {
  const [first] = sides;
  if (first === undefined) return halt;
  const stopped = halt ?? (await measurePairs(sides, session, config));
  if (stopped === null || !leavesHead(stopped) || !baseNever(session)) return stopped;
  const head = sides.filter(({ side }) => side === "head");
  if (halt === null) sayHeadOnly();
  return (await measureUntil(head, 1, session.options.rounds, session)) ?? stopped;
}
