import { setTimeout as wait } from "node:timers/promises";
import { Cron } from "croner";
import type { Logger } from "pino";
import { lookAtActive } from "../worker/nets/active-look.js";
import { sweepDeliveries } from "../worker/nets/delivery-sweep.js";
import type { NetDependencies } from "../worker/nets/dependencies.js";
import { lookAtAll, lookAtInstallation } from "../worker/nets/full-look.js";
import { type Job, startSchedules } from "./schedules.js";

/** When each net looks, as a cron pattern in UTC; null: never. */
export interface NetSettings {
  readonly active: string | null;
  readonly all: string | null;
  readonly deliveries: string | null;
}

/** The nets at work. */
export interface Nets {
  /** Looks at one installation now: it came back, or covers more. */
  lookAt(installation: number): void;
  /** Starts nothing more and resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** Between two repositories, in milliseconds: at most ten requests a second, however many repositories there are. */
const PAUSE_MS = 100;

type Look = (now: Date, dependencies: NetDependencies) => Promise<unknown>;

/** In the order of a start: what was missed while the process was down is asked for first, since it is the least work. */
const looks: readonly (readonly [keyof NetSettings, Look])[] = [
  ["deliveries", sweepDeliveries],
  ["active", lookAtActive],
  ["all", lookAtAll],
];

/** Half the time between two runs: several processes on one database share each turn, whoever is first. */
export function halfPeriod(pattern: string, now: Date): number {
  const [first, second] = new Cron(pattern, { paused: true, timezone: "UTC" }).nextRuns(2, now);
  return first && second ? (second.getTime() - first.getTime()) / 2 : 0;
}

interface NetOptions extends Omit<NetDependencies, "pause" | "etags" | "log"> {
  readonly log: Logger;
  now(): Date;
}

/** What is under way, which ends early when it is told to. */
class Running {
  readonly #stopping = new AbortController();
  readonly #works = new Set<Promise<void>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  get stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  pause(random: number): Promise<void> {
    return wait(PAUSE_MS * (1 + random), undefined, { signal: this.#stopping.signal, ref: false });
  }

  async run(name: string, work: () => Promise<unknown>): Promise<void> {
    if (this.stopped) return;
    const done = work().then(
      () => undefined,
      (error: unknown) => {
        if (!this.stopped) this.#log.warn({ net: name, err: error }, "a net did not come to its end; it looks again at its next time");
      },
    );
    this.#works.add(done);
    await done;
    this.#works.delete(done);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#works);
  }
}

/** Looks once now, one net after the other, and then at their times. */
export function startNets(settings: NetSettings, options: NetOptions): Nets {
  const { log, store, now } = options;
  const running = new Running(log);
  const dependencies: NetDependencies = { ...options, pause: () => running.pause(options.random()), etags: new Map() };
  const wanted = looks.flatMap(([name, look]) => {
    const when = settings[name];
    return when === null ? [] : [{ name, look, when, half: halfPeriod(when, now()) }];
  });
  const jobs = wanted.map(({ name, look, when, half }): Job => {
    const work = async (at: Date): Promise<void> => {
      if (await store.nets.takeTurn(name, at, new Date(at.getTime() - half))) await running.run(name, () => look(at, dependencies));
    };
    return { name, when, work };
  });
  const boot = async (): Promise<void> => {
    // By then the door is open to what is delivered again.
    await running.run("start", dependencies.pause);
    for (const { name, look } of wanted) await running.run(name, () => look(now(), dependencies));
  };
  void boot();
  const schedules = startSchedules(jobs, log, now);
  return {
    lookAt: (installation) => void running.run("installation", () => lookAtInstallation(installation, now(), dependencies)),
    stop: () => {
      schedules.stop();
      return running.stop();
    },
  };
}
