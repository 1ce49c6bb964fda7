import { GitHubError } from "../github/errors.js";
import type { Dirty } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { reconcile } from "./reconcile.js";

export interface Worker {
  /** Something was marked dirty: look now. */
  wake(): void;
  /** Resolves when nothing is due and nothing is under way. */
  idle(): Promise<void>;
  /** Takes no more work and resolves when what is under way has ended, or after `ms`. */
  drain(ms: number): Promise<void>;
}

/** Pull requests reconciled at the same time. */
const LOOPS = 4;

/** Looked at anew at least this often, should a wake-up be lost. */
const IDLE_MS = 30_000;

/** How long a claim lasts unless it is renewed: a process that was killed keeps others waiting for this long. */
export const LEASE_MS = 15_000;

const MAX_BACKOFF_MS = 120_000;

/** Exponential from one second, capped; a rate limit says itself how long. */
export function backoffMs(error: unknown, attempt: number): number {
  if (error instanceof GitHubError && error.failure.kind === "rate-limited") return error.failure.retryAfterMs;
  return Math.min(MAX_BACKOFF_MS, 1000 * 2 ** Math.min(attempt, 10));
}

const label = ({ key }: Dirty): object => ({
  installation: key.installation,
  repository: key.repository,
  pull: key.number,
  group: key.group,
});

/** A sleep that `wake` ends early. */
function alarm(): { wait(ms: number): Promise<void>; ring(): void } {
  const sleepers = new Set<() => void>();
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          sleepers.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        sleepers.add(done);
      }),
    ring: () => {
      for (const done of [...sleepers]) done();
    },
  };
}

/** The loops of one worker and what they share. */
class Loops implements Worker {
  readonly #dependencies: Dependencies;
  readonly #clock = alarm();
  readonly #attempts = new Map<string, number>();
  readonly #resting = new Set<string>();
  readonly #ended: Promise<unknown>;
  #stopping = false;
  #wakes = 0;
  #onIdle: (() => void)[] = [];

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#ended = dependencies.store.dirty
      .recover()
      .catch((error: unknown) => dependencies.log.error({ err: error }, "what was under way could not be recovered"))
      .then(() => Promise.all(Array.from({ length: LOOPS }, (_, index) => this.#loop(`${dependencies.instance}/${index}`))));
  }

  wake(): void {
    this.#wakes += 1;
    this.#resting.clear();
    this.#clock.ring();
  }

  idle(): Promise<void> {
    if (this.#resting.size === LOOPS) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  async drain(ms: number): Promise<void> {
    this.#stopping = true;
    this.#clock.ring();
    const limit = alarm();
    await Promise.race([this.#ended, limit.wait(ms)]);
    limit.ring();
  }

  async #loop(name: string): Promise<void> {
    const { log } = this.#dependencies;
    while (!this.#stopping) {
      await this.#step(name).catch(async (error: unknown) => {
        log.error({ err: error }, "the store failed; it will be tried again");
        if (!this.#stopping) await this.#clock.wait(1000);
      });
    }
  }

  async #step(name: string): Promise<void> {
    const { store, now } = this.#dependencies;
    const wakes = this.#wakes;
    const dirty = await store.dirty.claim(now(), name, LEASE_MS);
    if (dirty) await this.#keep(dirty, name);
    else await this.#rest(name, wakes);
  }

  async #keep(dirty: Dirty, name: string): Promise<void> {
    const { store, log } = this.#dependencies;
    const renew = (): void =>
      void store.dirty
        .renew(dirty, name, LEASE_MS)
        .catch((error: unknown) => log.warn({ ...label(dirty), err: error }, "a lease could not be renewed"));
    const timer = setInterval(renew, LEASE_MS / 3);
    try {
      await store.dirty.release(dirty, name, await this.#work(dirty));
    } finally {
      clearInterval(timer);
    }
  }

  async #work(dirty: Dirty): Promise<Date | null> {
    const { now, log } = this.#dependencies;
    const id = JSON.stringify(dirty.key);
    try {
      const again = await reconcile(dirty, this.#dependencies);
      this.#attempts.delete(id);
      return again;
    } catch (error) {
      const attempt = (this.#attempts.get(id) ?? 0) + 1;
      this.#attempts.set(id, attempt);
      const waitMs = backoffMs(error, attempt);
      log.error({ ...label(dirty), err: error, attempt, waitMs }, "reconciling failed; it will be tried again");
      return new Date(now().getTime() + waitMs);
    }
  }

  /** Sleeps until something is due, unless a wake-up came since the last look. */
  async #rest(name: string, wakes: number): Promise<void> {
    const { store, now } = this.#dependencies;
    const next = await store.dirty.next();
    const dueMs = next ? next.getTime() - now().getTime() : IDLE_MS;
    if (this.#stopping || dueMs <= 0 || wakes !== this.#wakes) return;
    this.#resting.add(name);
    if (this.#resting.size === LOOPS) for (const resolve of this.#onIdle.splice(0)) resolve();
    await this.#clock.wait(Math.min(IDLE_MS, dueMs));
    this.#resting.delete(name);
  }
}

/** Reconciles dirty pull requests until it is drained; each only once at a time. */
export const startWorker = (dependencies: Dependencies): Worker => new Loops(dependencies);
