import type { Problem } from "../model/measurement.js";
import { figure, text } from "../model/text.js";

/** In seconds. Tools that write from many threads or in batches leave their order by less. */
const OUT_OF_ORDER = 60;

/** From the first start to the last end of a run's requests, in seconds since 1970. */
export class Interval {
  private start = Number.POSITIVE_INFINITY;
  private end = Number.NEGATIVE_INFINITY;
  private back = 0;

  add(start: number, end: number): void {
    if (start < this.start) this.start = start;
    if (end > this.end) this.end = end;
    else if (this.end - end > this.back) this.back = this.end - end;
  }

  /** Undefined when there is no length to divide by, or none that can be believed. */
  get seconds(): number | undefined {
    const length = this.end - this.start;
    return length > 0 && this.back <= OUT_OF_ORDER ? length : undefined;
  }

  problems(): Problem[] {
    if (this.back <= OUT_OF_ORDER) return [];
    const message = text`the clock went back by ${figure(`${Math.round(this.back)} s`)} within the file: no throughput can be told`;
    const remedy = text`give one file for each run, from machines whose clocks agree`;
    return [{ level: "warning", code: "clock-backwards", message, remedy }];
  }
}
