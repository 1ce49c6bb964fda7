import { GitHubError } from "../github/errors.js";
import type { Dirty } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { reconcile } from "./reconcile.js";

export interface Worker {
  /** Something was marked dirty: look now. */
  wake(): void;
  /** Takes no more work and resolves when what is under way has ended, or after `ms`. */
  drain(ms: number): Promise<void>;
}

/** Pull requests reconciled at the same time. */
const LOOPS = 4;

/** Looked at anew at least this often, should a wake-up be lost. */
const IDLE_MS = 30_000;

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

/** Reconciles dirty pull requests until it is drained; each only once at a time. */
export function startWorker(dependencies: Dependencies): Worker {
  const { store, now, log } = dependencies;
  const clock = alarm();
  const attempts = new Map<string, number>();
  let stopping = false;

  const work = async (dirty: Dirty): Promise<Date | null> => {
    const id = JSON.stringify(dirty.key);
    try {
      const again = await reconcile(dirty, dependencies);
      attempts.delete(id);
      return again;
    } catch (error) {
      const attempt = (attempts.get(id) ?? 0) + 1;
      attempts.set(id, attempt);
      const waitMs = backoffMs(error, attempt);
      log.error({ ...label(dirty), err: error, attempt, waitMs }, "reconciling failed; it will be tried again");
      return new Date(now().getTime() + waitMs);
    }
  };

  const pause = async (): Promise<void> => {
    const next = await store.dirty.next();
    if (!stopping) await clock.wait(next ? Math.min(IDLE_MS, Math.max(10, next.getTime() - now().getTime())) : IDLE_MS);
  };

  const step = async (name: string): Promise<void> => {
    const dirty = await store.dirty.claim(now(), name);
    if (!dirty) return pause();
    await store.dirty.release(dirty, name, await work(dirty));
  };

  const loop = async (name: string): Promise<void> => {
    while (!stopping) {
      await step(name).catch(async (error: unknown) => {
        log.error({ err: error }, "the store failed; it will be tried again");
        if (!stopping) await clock.wait(1000);
      });
    }
  };

  const loops = store.dirty
    .recover()
    .catch((error: unknown) => log.error({ err: error }, "what was under way could not be recovered"))
    .then(() => Promise.all(Array.from({ length: LOOPS }, (_, index) => loop(`${process.pid}-${index}`))));

  return {
    wake: clock.ring,
    drain: async (ms) => {
      stopping = true;
      clock.ring();
      const limit = alarm();
      await Promise.race([loops, limit.wait(ms)]);
      limit.ring();
    },
  };
}
