import type { Logger } from "pino";
import type { StoreClock } from "../store/store.js";

/** How often the database's clock is read, in milliseconds. */
const READ_MS = 30_000;

/** The machine's two clocks differ by so much more than before: it slept, or somebody set one of them. */
const SLEPT_MS = 1_000;

export interface ClockOptions {
  readonly source: StoreClock;
  /** Milliseconds of a clock that never jumps, but may stand still while the machine sleeps. */
  monotonic(): number;
  /** Milliseconds of the machine's own clock, which tells only that something happened. */
  wall(): number;
}

/** The database's clock, read now and then and counted on in between: a jump of the machine's own changes nothing. */
export class DatabaseClock {
  readonly #options: ClockOptions;
  #read: { readonly time: number; readonly at: number } | null = null;
  #apart = 0;

  private constructor(options: ClockOptions) {
    this.#options = options;
  }

  static async start(options: ClockOptions): Promise<DatabaseClock> {
    const clock = new DatabaseClock(options);
    await clock.set();
    return clock;
  }

  /** After a sleep the database is asked at once. */
  readonly now = (): Date => {
    const { monotonic, wall } = this.#options;
    const { time, at } = this.#read ?? { time: 0, at: 0 };
    // Whoever asks in turn hears of a failure.
    if (Math.abs(wall() - monotonic() - this.#apart) > SLEPT_MS) void this.set().catch(() => undefined);
    return new Date(time + monotonic() - at);
  };

  /** Reads the database's clock. What is told changes only by more than the question itself took. */
  async set(): Promise<void> {
    const { source, monotonic, wall } = this.#options;
    const asked = monotonic();
    this.#apart = wall() - asked;
    const time = (await source.read()).getTime();
    const answered = monotonic();
    const [at, doubt] = [(asked + answered) / 2, (answered - asked) / 2 + 1];
    const told = this.#read === null ? Number.NEGATIVE_INFINITY : this.#read.time + at - this.#read.at;
    if (Math.abs(time - told) > doubt) this.#read = { time, at };
  }
}

export interface Clock {
  readonly now: () => Date;
  /** Ends reading it. */
  stop(): void;
}

/** The database's time, or another's where one is given. @throws where the database does not tell it */
export async function startClock(source: StoreClock, given: (() => Date) | null, log: Pick<Logger, "warn">): Promise<Clock> {
  if (given !== null) return { now: given, stop: () => undefined };
  const clock = await DatabaseClock.start({ source, monotonic: () => performance.now(), wall: () => Date.now() });
  let stopped = false;
  const failed = (error: unknown): void => {
    if (!stopped) log.warn({ err: error }, "the database's clock could not be read; it will be tried again");
  };
  const timer = setInterval(() => void clock.set().catch(failed), READ_MS).unref();
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  return { now: clock.now, stop };
}
