import type { Dirty } from "../store/store.js";
import { bury, incidentOf } from "./dead-letter.js";
import type { Dependencies } from "./dependencies.js";
import { fenced, fencedPublications } from "./fenced.js";
import { Lease } from "./lease.js";
import { reconcile } from "./reconcile.js";
import { backoffMs, type Ending, endingOf, TRIES } from "./tries.js";

const labelOf = ({ key, delivery, attempt }: Dirty): object => ({
  installation: key.installation,
  repository: key.repository,
  pull: key.number,
  group: key.group,
  delivery,
  attempt,
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The world as the holder of a lease may change it. */
const behindFence = (dependencies: Dependencies, lease: Lease): Dependencies => ({
  ...dependencies,
  github: async (installation) => fenced(await dependencies.github(installation), lease),
  store: { ...dependencies.store, publications: fencedPublications(dependencies.store.publications, lease) },
});

type Outcome = { readonly again: Date | null } | { readonly error: unknown };

/** One claim of one pull request, from the first read to the release of its mark. */
export class Turn {
  readonly #dirty: Dirty;
  readonly #owner: string;
  readonly #dependencies: Dependencies;
  readonly #lease: Lease;

  constructor(dirty: Dirty, owner: string, dependencies: Dependencies) {
    this.#dirty = dirty;
    this.#owner = owner;
    const { store, leaseMs } = dependencies;
    this.#lease = new Lease({ dirtySet: store.dirty, dirty, owner, leaseMs, monotonic: () => performance.now() });
    this.#dependencies = dependencies.remedies?.fence === false ? dependencies : behindFence(dependencies, this.#lease);
  }

  /** Does the work and ends the claim. Rejects only when the store fails. */
  async take(): Promise<void> {
    const { log, store, remedies, leaseMs } = this.#dependencies;
    if (remedies?.exclusion === false) await store.dirty.renew(this.#dirty, this.#owner, -1);
    const renew = (): void =>
      void this.#lease.renew().catch((error: unknown) => log.warn({ ...labelOf(this.#dirty), err: error }, "a lease could not be renewed"));
    const timer = setInterval(renew, leaseMs / 3);
    try {
      await this.#end(await this.#work());
    } finally {
      clearInterval(timer);
    }
  }

  async #work(): Promise<Outcome> {
    try {
      // Ended so often without an answer: the process died of it, and would again.
      if (this.#dirty.attempt >= TRIES) throw new Error(`given up after ${this.#dirty.attempt} tries`);
      return { again: await reconcile(this.#dirty, this.#dependencies) };
    } catch (error) {
      return { error };
    }
  }

  async #end(outcome: Outcome): Promise<void> {
    const { store, now, log, random } = this.#dependencies;
    if ("again" in outcome) {
      await store.dirty.release(this.#dirty, this.#owner, outcome.again);
      return;
    }
    const { error } = outcome;
    const ending = endingOf(error, this.#dirty, now(), random());
    const level = ending.kind === "failed" || ending.kind === "dead" ? "error" : "info";
    log[level]({ ...labelOf(this.#dirty), err: error, ending }, "reconciling did not end well");
    await this.#after(ending, messageOf(error));
  }

  async #after(ending: Ending, message: string): Promise<void> {
    const { store } = this.#dependencies;
    const { attempt, key } = this.#dirty;
    if (ending.kind === "lost") return this.#lost(ending.sent);
    if (ending.kind === "dead") return this.#bury(ending.attempt, message);
    if (ending.kind === "held") await store.dirty.hold(key.installation, ending.at);
    const counted = ending.kind === "failed" ? ending.attempt : attempt;
    await store.dirty.fail(this.#dirty, this.#owner, { message, attempt: counted, again: ending.at });
  }

  /** What went out late may have changed what the new owner wrote: it looks anew, and believes nothing that is stored. */
  async #lost(sent: boolean): Promise<void> {
    if (!sent) return;
    const { store, now } = this.#dependencies;
    await store.publications.doubt(this.#dirty.key);
    await store.dirty.mark(this.#dirty.key, "late write", now());
  }

  /** Not even that it was given up can be said: tried again. */
  async #bury(attempt: number, message: string): Promise<void> {
    const { store, now, log, random } = this.#dependencies;
    const incident = incidentOf([this.#dirty.key, this.#dirty.fence]);
    let again: Date | null = null;
    try {
      await bury(this.#dirty, incident, this.#dependencies);
      log.error({ ...labelOf(this.#dirty), incident, reason: message }, "a pull request was given up; its check says so");
    } catch (error) {
      log.error({ ...labelOf(this.#dirty), incident, err: error }, "what was given up could not be closed");
      again = new Date(now().getTime() + backoffMs(attempt, random()));
    }
    await store.dirty.fail(this.#dirty, this.#owner, { message: `internal error ${incident}: ${message}`, attempt, again });
  }
}
