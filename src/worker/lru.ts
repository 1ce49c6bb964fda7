/** What was used lately, bounded by the sum of its sizes. */
export class Lru<T> {
  private readonly kept = new Map<string, { readonly value: T; readonly size: number }>();
  private readonly capacity: number;
  private readonly sizeOf: (value: T) => number;
  private size = 0;

  constructor(capacity: number, sizeOf: (value: T) => number) {
    this.capacity = capacity;
    this.sizeOf = sizeOf;
  }

  get(key: string): T | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }

  /** Keeps a value in the place of those that nobody asked for the longest time; one that is larger than all is not kept. */
  set(key: string, value: T): void {
    this.forget(key);
    const size = this.sizeOf(value);
    if (size > this.capacity) return;
    for (const oldest of this.kept.keys()) {
      if (this.size + size <= this.capacity) break;
      this.forget(oldest);
    }
    this.kept.set(key, { value, size });
    this.size += size;
  }

  private forget(key: string): void {
    this.size -= this.kept.get(key)?.size ?? 0;
    this.kept.delete(key);
  }
}
