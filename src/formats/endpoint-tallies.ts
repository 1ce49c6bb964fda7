import type { Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { count } from "./load.js";
import type { RequestTally } from "./request-tally.js";

/** With a sketch of up to 55 KB for each, what fits into memory beside everything else. */
const MOST = 1_000;
/** In characters; a longer name is no endpoint's. */
const LONGEST_NAME = 2_000;
const MOST_STATUSES = 50;

/** A string of its own: what was cut out of a block would keep the whole block in memory. */
const copied = (name: string): string => JSON.parse(JSON.stringify(name));

/** The requests of a run by endpoint, and in all. Endpoints beyond the cap count in the total only, and that is said. */
export class EndpointTallies<T extends RequestTally> {
  readonly total: T;
  private readonly known = new Map<string, T>();
  private readonly statuses = new Map<string, number>();
  private readonly create: () => T;
  private unlisted = 0;

  constructor(create: () => T) {
    this.create = create;
    this.total = create();
  }

  /** The tally of an endpoint; undefined when there are too many. */
  of(name: string): T | undefined {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    if (this.known.size >= MOST || name.length > LONGEST_NAME) {
      this.unlisted++;
      return undefined;
    }
    const tally = this.create();
    this.known.set(copied(name), tally);
    return tally;
  }

  /** Counts an answer's status, as the tool writes it. */
  answered(status: string): void {
    if (status === "") return;
    const times = this.statuses.get(status);
    if (times !== undefined) this.statuses.set(status, times + 1);
    else if (this.statuses.size < MOST_STATUSES && status.length <= 200) this.statuses.set(copied(status), 1);
  }

  /** By name, so that the order of the lines does not matter. */
  entries(): readonly (readonly [string, T])[] {
    return [...this.known].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Answers by status; the rarest may be missing when there are many. */
  byStatus(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.statuses].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** @param remedy how to give requests a common name with this tool */
  problems(remedy: Text): Problem[] {
    if (this.unlisted === 0) return [];
    const message = text`more than ${count(MOST)} endpoints: ${count(this.unlisted)} requests to others count in the total only`;
    return [{ level: "error", code: "too-many-endpoints", message, remedy }];
  }
}
