import type { Planner, PlannerSession, Refused, SchemaRequest } from "../evidence/planner.js";
import { text } from "../model/text.js";
import type { Log } from "./dependencies.js";

/** One more turn, or null when none came in time. Giving it back is the taker's. */
interface Turns {
  take(): Promise<(() => void) | null>;
  /** Nobody waits any longer. */
  end(): void;
}

/** Turns for so many at once; who waits gets them in order. */
function turns(atOnce: number, waitMs: number): Turns {
  const waiting: ((turn: (() => void) | null) => void)[] = [];
  let free = atOnce;
  const giveBack = (): (() => void) => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = waiting.shift();
      if (next) next(giveBack());
      else free += 1;
    };
  };
  const wait = (): Promise<(() => void) | null> =>
    new Promise((resolve) => {
      const mine = (turn: (() => void) | null): void => {
        clearTimeout(timer);
        resolve(turn);
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(mine), 1);
        resolve(null);
      }, waitMs);
      timer.unref();
      waiting.push(mine);
    });
  return {
    take: () => {
      if (free === 0) return wait();
      free -= 1;
      return Promise.resolve(giveBack());
    },
    end: () => {
      for (const next of waiting.splice(0)) next(null);
    },
  };
}

export interface PlannerTurnsOptions {
  /** Sessions that stand at the same time; each may be two processes. */
  readonly atOnce: number;
  /** How long a review waits for its turn, in ms. */
  readonly waitMs: number;
  /** How long a session may stand, in ms: a change whose queries are slow to plan may not hold up the others for ever. */
  readonly sessionMs: number;
  readonly log: Log;
}

/** A review's other answers do not wait longer than a minute for this one. */
export const WAIT_MS = 60_000;

/** Twenty changed statements take five seconds with their indexes; this is for two hundred on a busy machine. */
export const SESSION_MS = 120_000;

/** What the log says of a session: counts and times, nothing of its SQL. */
class Account {
  private planned = 0;
  private failed = 0;
  private readonly since = performance.now();
  private openedMs = 0;

  opened(): void {
    this.openedMs = this.elapsed();
  }

  answered(answers: Awaited<ReturnType<PlannerSession["explain"]>>): void {
    const failed = answers.filter((answer) => "failed" in answer).length;
    this.failed += failed;
    this.planned += answers.length - failed;
  }

  elapsed(): number {
    return Math.round(performance.now() - this.since);
  }

  fields(waitedMs: number, { work }: PlannerSession): object {
    const { filesRun = 0, kills = 0 } = work ?? {};
    const { planned, failed, openedMs } = this;
    return { schema: filesRun === 0 ? "warm" : "cold", filesRun, kills, planned, failed, waitedMs, openedMs, ms: this.elapsed() };
  }
}

type ClosablePlanner = Planner & { close(): void };

/** The same planner with a bounded number of sessions at once, each of bounded length; the log names them. */
export class PlannerTurns implements Planner {
  private readonly planner: ClosablePlanner;
  private readonly options: PlannerTurnsOptions;
  private readonly turns: Turns;
  private closed = false;

  constructor(planner: ClosablePlanner, options: PlannerTurnsOptions) {
    this.planner = planner;
    this.options = options;
    this.turns = turns(options.atOnce, options.waitMs);
  }

  /** Kills every process. Reviews under way fail instead of saying that something could not be checked. */
  close(): void {
    this.closed = true;
    this.planner.close();
    this.turns.end();
  }

  async open(request: SchemaRequest): Promise<PlannerSession | Refused> {
    const { log, waitMs } = this.options;
    const since = performance.now();
    const giveBack = await this.turns.take();
    const waitedMs = Math.round(performance.now() - since);
    this.goOn();
    if (!giveBack) {
      log.warn({ waitedMs }, "the planner was busy: a review goes on without it and is made again later");
      return { refused: text`the planner was busy for ${waitMs / 1000} s; the review will be made again`, later: true };
    }
    try {
      const account = new Account();
      const session = await this.planner.open(request);
      this.goOn();
      if (!("refused" in session)) return this.accompanied(session, account, waitedMs, giveBack);
      log.warn({ waitedMs, ms: account.elapsed(), later: session.later === true }, "a schema could not be built for the planner");
      giveBack();
      return session;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  private goOn(): void {
    if (this.closed) throw new Error("the server stops: this review is made at its next start");
  }

  private accompanied(session: PlannerSession, account: Account, waitedMs: number, giveBack: () => void): PlannerSession {
    const { log, sessionMs } = this.options;
    account.opened();
    let ended = 0;
    const overdue = setTimeout(() => {
      ended = 1;
      log.warn({ sessionMs }, "a planner session took too long and was ended");
      session.close().catch(() => undefined);
    }, sessionMs);
    overdue.unref();
    const close = async (): Promise<void> => {
      clearTimeout(overdue);
      await session.close().finally(giveBack);
      if (!this.closed) log.info(account.fields(waitedMs, session), "planner session");
    };
    const explain: PlannerSession["explain"] = async (request) => {
      const answers = await session.explain(request);
      this.goOn();
      account.answered(answers);
      return answers;
    };
    const { version, base, head, notApplied, observed, later } = session;
    const work = {
      get filesRun(): number {
        return session.work?.filesRun ?? 0;
      },
      // What was ended is not answered as it would be on another day.
      get kills(): number {
        return (session.work?.kills ?? 0) + ended;
      },
    };
    return { version, base, head, notApplied, observed, work, explain, close, ...(later !== undefined && { later }) };
  }
}
