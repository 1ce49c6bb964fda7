import type { Delivery } from "../store/store.js";

/** A delivery that waits for its turn. */
export interface Task {
  readonly delivery: Delivery;
  /** The body as it was parsed at the front door; absent where it comes from the inbox. */
  readonly payload?: object | undefined;
}

/** Of packed bodies that wait in memory or are dispatched: some thousands. What comes beyond is read from the inbox again. */
const BYTES = 16_000_000;

/** Parsed bodies are fifty times as large: only those are kept that are dispatched soon. */
const PARSED_BYTES = 100_000;

const placeOf = ({ guid, installation, repository, pull }: Delivery): string =>
  pull === null ? guid : `${installation}/${repository}/${pull}`;

/** What is to be dispatched, in the order of its coming: of each pull request one at a time. Bounded in memory, whatever comes. */
export class Waiting {
  #tasks: Task[] = [];
  #bytes = 0;
  /** In the inbox only, after all that is here. */
  #away: { readonly guid: string; readonly length: number }[] = [];
  readonly #busy = new Set<string>();

  get size(): number {
    return this.#tasks.length + this.#away.length;
  }

  /** When that was received which is next, in milliseconds; Infinity where nothing is here. */
  oldest(): number {
    return this.#tasks[0]?.delivery.receivedAt.getTime() ?? Number.POSITIVE_INFINITY;
  }

  add({ delivery, payload }: Task): void {
    const { guid, body } = delivery;
    if (this.#away.length > 0 || this.#bytes + body.length > BYTES) this.#away.push({ guid, length: body.length });
    else this.#keep(this.#bytes > PARSED_BYTES ? { delivery } : { delivery, payload });
  }

  /** A delivery that {@link recall} named. */
  addRecalled(delivery: Delivery): void {
    this.#keep({ delivery });
  }

  /** The longest waiting whose pull request nobody is at; its place is taken until {@link end}. */
  take(): Task | undefined {
    const index = this.#tasks.findIndex(({ delivery }) => !this.#busy.has(placeOf(delivery)));
    const [task] = index < 0 ? [] : this.#tasks.splice(index, 1);
    if (task === undefined) return undefined;
    this.#busy.add(placeOf(task.delivery));
    return task;
  }

  end({ delivery }: Task): void {
    this.#busy.delete(placeOf(delivery));
    this.#bytes -= delivery.body.length;
  }

  /** Those to be read from the inbox now, as there is room again: at least one, and at most so many. */
  recall(most: number): readonly string[] {
    if (this.#bytes > BYTES / 2) return [];
    let [count, bytes] = [0, 0];
    for (const { length } of this.#away.slice(0, most)) {
      bytes += length;
      if (count > 0 && bytes > BYTES / 2) break;
      count += 1;
    }
    return this.#away.splice(0, count).map(({ guid }) => guid);
  }

  #keep(task: Task): void {
    this.#bytes += task.delivery.body.length;
    this.#tasks.push(task);
  }
}
