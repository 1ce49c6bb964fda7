/** So many deliveries within so many milliseconds are a stream: more than anything a person does brings about. */
const STREAM = 8;
const WITHIN_MS = 100;

/** How long what comes in a stream is gathered, to be dispatched together. */
const ROUND_MS = 100;

/** What has waited for so long no longer gives way. */
const PATIENCE_MS = 15_000;

/**
 * Handling gives way to the door. What comes alone is dispatched at once; while deliveries come in a stream they are
 * dispatched in rounds, so that the next ones are acknowledged before these are handled, and what these tell the store is
 * written together. A share is always theirs, and all of it once one has waited long.
 */
export class Pace {
  /** When the last ones came, the oldest first, in milliseconds. */
  readonly #times: number[] = [];

  came(now: number): void {
    this.#times.push(now);
    if (this.#times.length > STREAM) this.#times.shift();
  }

  /**
   * How long the dispatch of what waits is to be put off; 0 for not at all.
   * @param oldest when that came which has waited longest
   */
  waitMs(now: number, oldest: number): number {
    const [first] = this.#times;
    const streaming = this.#times.length === STREAM && first !== undefined && now - first <= WITHIN_MS;
    return streaming && now - oldest < PATIENCE_MS ? ROUND_MS : 0;
  }
}
