import type { Sample } from "./jtl-columns.js";

interface Parent {
  label: string;
  start: number;
  end: number;
}

const MOST_THREADS = 10_000;
/** JMeter rounds start and length by themselves. In ms. */
const ROUNDING = 1;
const SUFFIX = /^-\d{1,9}(?:-\d{1,9}){0,9}$/;

const MOST_NAMES = 2_000;

/** Each name once: what was cut out of a block would keep the whole block in memory. */
class Names {
  private readonly own = new Map<string, string>();

  of(name: string): string {
    const known = this.own.get(name);
    if (known !== undefined) return known;
    const copy: string = JSON.parse(JSON.stringify(name));
    if (this.own.size >= MOST_NAMES) this.own.clear();
    this.own.set(copy, copy);
    return copy;
  }
}

/** The latest sample of each thread, which the rows of its redirects and embedded resources follow. */
export class Parents {
  private readonly latest = new Map<string, Parent>();
  private readonly names = new Names();

  /**
   * Is it a part of the thread's latest sample? JMeter calls the parts `<label>-<n>`, and they lie within it: with
   * redirects followed there are three rows of one request.
   */
  hasPart({ label, thread, start, elapsed }: Sample): boolean {
    const parent = this.latest.get(thread);
    const end = start + elapsed;
    if (parent === undefined) {
      if (this.latest.size >= MOST_THREADS) this.latest.clear();
      this.latest.set(this.names.of(thread), { label: this.names.of(label), start, end });
      return false;
    }
    const inside = start >= parent.start - ROUNDING && end <= parent.end + ROUNDING;
    if (inside && label.startsWith(parent.label) && SUFFIX.test(label.slice(parent.label.length))) return true;
    if (label !== parent.label) parent.label = this.names.of(label);
    parent.start = start;
    parent.end = end;
    return false;
  }
}
