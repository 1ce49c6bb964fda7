import { text } from "../../model/text.js";
import { StoreError } from "../store-error.js";

/** Ends one turn; calling it again does nothing. */
export type EndTurn = () => void;

/**
 * One after the other, in the order asked: the embedded database has a single connection. Whoever waits longer
 * than the time-out is refused, so that code which awaits a query outside its own transaction fails instead of hanging.
 */
export class Turns {
  readonly #timeoutMs: number;
  #last: Promise<void> = Promise.resolve();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  async take(): Promise<EndTurn> {
    const previous = this.#last;
    let end: EndTurn = () => {};
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    try {
      await this.#wait(previous);
      return end;
    } catch (error) {
      previous.then(end);
      throw error;
    }
  }

  #wait(previous: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new StoreError(text`The database was busy for ${this.#timeoutMs} ms: a transaction does not end.`));
      const timer = setTimeout(refuse, this.#timeoutMs);
      previous.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
