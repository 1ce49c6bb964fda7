import type { Dirty } from "../store/store.js";
import { alarm } from "./alarm.js";
import type { Dependencies } from "./dependencies.js";
import { Turn } from "./turn.js";

export interface Worker {
  /** Something was marked dirty: look now. */
  wake(): void;
  /** Resolves when nothing is due and nothing is under way. */
  idle(): Promise<void>;
  /** Takes no more work and resolves when what is under way has ended, or after `ms`. */
  drain(ms: number): Promise<void>;
}

/** Pull requests reconciled at the same time, and how many of them may be one installation's: the others never wait for it alone. */
const LOOPS = 4;
const SHARE = LOOPS - 1;

/** Looked at anew at least this often, should a wake-up be lost: one of another process's more likely than one of our own. */
const ALONE_MS = 30_000;
const SHARED_MS = 1_000;

/** The loops of one worker and what they share. */
class Loops implements Worker {
  readonly #dependencies: Dependencies;
  readonly #clock = alarm();
  readonly #resting = new Set<string>();
  /** Installations that are being served, once for each loop that does. */
  readonly #serving: number[] = [];
  readonly #ended: Promise<unknown>;
  #claiming: Promise<unknown> = Promise.resolve();
  #stopping = false;
  #wakes = 0;
  #onIdle: (() => void)[] = [];

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#ended = this.#recover().then(() =>
      Promise.all(Array.from({ length: LOOPS }, (_, index) => this.#loop(`${dependencies.instance}/${index}`))),
    );
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

  async #recover(): Promise<void> {
    const { store, log, remedies } = this.#dependencies;
    if (remedies?.takeOver === false) return;
    await store.dirty.recover().catch((error: unknown) => log.error({ err: error }, "what was under way could not be recovered"));
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

  /** Installations that have their share of the loops. */
  #full(): readonly number[] {
    const times = (installation: number): number => this.#serving.filter((one) => one === installation).length;
    return [...new Set(this.#serving)].filter((installation) => times(installation) >= SHARE);
  }

  /** One loop after the other, so that each knows whom the others serve. */
  #claim(name: string): Promise<Dirty | null> {
    const { store, now, leaseMs } = this.#dependencies;
    const claimed = this.#claiming.then(async () => {
      const dirty = await store.dirty.claim(now(), name, leaseMs, this.#full());
      if (dirty) this.#serving.push(dirty.key.installation);
      return dirty;
    });
    this.#claiming = claimed.catch(() => undefined);
    return claimed;
  }

  async #step(name: string): Promise<void> {
    const wakes = this.#wakes;
    const dirty = await this.#claim(name);
    if (!dirty) return this.#rest(name, wakes);
    try {
      await new Turn(dirty, name, this.#dependencies).take();
    } finally {
      // What was passed over because of its installation's share is due again.
      if (this.#full().length > 0) this.#clock.ring();
      this.#serving.splice(this.#serving.indexOf(dirty.key.installation), 1);
    }
  }

  /** Sleeps until something is due, unless a wake-up came since the last look. */
  async #rest(name: string, wakes: number): Promise<void> {
    const { store, now } = this.#dependencies;
    const next = await store.dirty.next(this.#full());
    const idleMs = store.shared ? SHARED_MS : ALONE_MS;
    const dueMs = next ? next.getTime() - now().getTime() : idleMs;
    if (this.#stopping || dueMs <= 0 || wakes !== this.#wakes) return;
    this.#resting.add(name);
    if (this.#resting.size === LOOPS) for (const resolve of this.#onIdle.splice(0)) resolve();
    await this.#clock.wait(Math.min(idleMs, dueMs));
    this.#resting.delete(name);
  }
}

/** Reconciles dirty pull requests until it is drained; each only once at a time. */
export const startWorker = (dependencies: Dependencies): Worker => new Loops(dependencies);
