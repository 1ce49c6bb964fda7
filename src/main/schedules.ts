import { Cron } from "croner";
import type { Logger } from "pino";

/** Something that is done again and again. */
export interface Job {
  /** For the log. */
  readonly name: string;
  /** A pattern of cron, in UTC; croner's may begin with seconds. */
  readonly when: string;
  readonly work: (now: Date) => Promise<void>;
}

export interface Schedules {
  /** Starts nothing any more; what is under way ends by itself. */
  stop(): void;
}

/** What is wrong with a pattern, or null. */
export function patternProblem(when: string): string | null {
  try {
    new Cron(when, { paused: true });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Starts each job at its times, never twice at once, and tells it `now`. One that fails is logged, and tried again at its next time. */
export function startSchedules(jobs: readonly Job[], log: Logger, now: () => Date = () => new Date()): Schedules {
  const crons = jobs.map(({ name, when, work }) => {
    const failed = (error: unknown) => log.error({ err: error, job: name }, "a scheduled job failed");
    return new Cron(when, { timezone: "UTC", protect: true, unref: true, catch: failed }, () => work(now()));
  });
  return { stop: () => crons.forEach((cron) => void cron.stop()) };
}
