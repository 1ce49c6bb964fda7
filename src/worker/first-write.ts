import { checkName } from "../github/checks.js";
import { type CheckState, type CheckWriter, checkBy, type GateCheck, gateCheckOf, started } from "./gate-check.js";
import type { PullPlace } from "./pull-sources.js";

/** How a check is opened that is not waited with. */
type Open = (place: PullPlace) => Promise<GateCheck>;

/** A check of that name on that head belongs, or will belong, to another pull request as well: it may be open. */
const isShared = ({ known, dependencies }: PullPlace): Promise<boolean> =>
  dependencies.store.publications.isShared(known, checkName(known.baseRef));

/**
 * The check of a head that has none. Nothing can be merged there, because a required check is missing, so that its
 * first write may wait a moment for the verdict: what is quickly known takes one write instead of two.
 */
class PatientCheck implements GateCheck {
  readonly since: Date;
  readonly #writer: CheckWriter;
  readonly #shared: () => Promise<GateCheck | null>;
  readonly #timer: NodeJS.Timeout;
  #first: Promise<void> | null = null;

  /** @param shared the check as others share it; null while nobody does */
  constructor(writer: CheckWriter, shared: () => Promise<GateCheck | null>, ms: number) {
    this.since = writer.since;
    this.#writer = writer;
    this.#shared = shared;
    this.#timer = setTimeout(() => this.begin().catch(() => undefined), ms);
  }

  /** Writes that the review is under way, unless something is written already. */
  begin(): Promise<void> {
    clearTimeout(this.#timer);
    this.#first ??= this.#writer.published === null ? this.#writer.write(started) : Promise.resolve();
    return this.#first;
  }

  async publish(check: CheckState): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#first;
    // Somebody may have come meanwhile who has a say in it.
    const shared = check.state === "success" ? await this.#shared() : null;
    if (shared) this.#first ??= Promise.resolve();
    return (shared ?? checkBy(this.#writer)).publish(check);
  }

  async close(): Promise<void> {
    await this.#first;
    return this.#writer.close();
  }

  /** Resolves when nothing more is written. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#first?.catch(() => undefined);
  }
}

/**
 * Opens the check, and does the work that decides on it. The first write of a head that has no check is the verdict,
 * when it is known within `firstWriteMs`, else that the review is under way; every other check is opened by `open`
 * before the work begins. Work that fails leaves a check behind that is closed.
 */
export async function withGateCheck<T>(place: PullPlace, open: Open, work: (check: GateCheck) => Promise<T>): Promise<T> {
  const { firstWriteMs } = place.dependencies;
  const writer = await gateCheckOf(place);
  if (writer.published !== null || firstWriteMs <= 0 || (await isShared(place))) return work(await open(place));
  const check = new PatientCheck(writer, async () => ((await isShared(place)) ? open(place) : null), firstWriteMs);
  try {
    return await work(check);
  } catch (error) {
    // Its own failure is of less interest: the work is tried again, and this with it.
    await check.begin().catch(() => undefined);
    throw error;
  } finally {
    await check.end();
  }
}
