interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<T, R> {
  /** Commits all of them or none; one result for each, in order. */
  commit(items: readonly T[]): Promise<readonly R[]>;
  /** Items with the same key never share a group, and keep their order. Absent where all may share one, as questions do. */
  keyOf?(item: T): string;
  readonly limit: number;
}

/**
 * One transaction, and one sync of the disk, for all that comes in the same turn of the event loop, or while the one
 * before is under way: what comes alone waits for nobody. When a group fails, each of its items is committed by itself,
 * so that one that cannot be stored takes no other with it.
 */
export class GroupCommit<T, R> {
  readonly #options: GroupCommitOptions<T, R>;
  #waiting: Waiting<T, R>[] = [];
  #running = false;

  constructor(options: GroupCommitOptions<T, R>) {
    this.#options = options;
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#running) return;
      this.#running = true;
      setImmediate(() => this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commit(this.#group());
    this.#running = false;
  }

  /** The longest waiting; a second one of the same key stays for the next group. */
  #group(): readonly Waiting<T, R>[] {
    const { keyOf, limit } = this.#options;
    if (keyOf === undefined) return this.#waiting.splice(0, limit);
    const group = new Map<string, Waiting<T, R>>();
    const rest: Waiting<T, R>[] = [];
    for (const one of this.#waiting) {
      const key = keyOf(one.item);
      if (group.size < limit && !group.has(key)) group.set(key, one);
      else rest.push(one);
    }
    this.#waiting = rest;
    return [...group.values()];
  }

  async #commit(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#options.commit(group.map(({ item }) => item));
      for (const [index, result] of results.entries()) group[index]?.resolve(result);
    } catch (error) {
      const [only, ...others] = group;
      if (others.length === 0) only?.reject(error);
      else for (const one of group) await this.#commit([one]);
    }
  }
}
