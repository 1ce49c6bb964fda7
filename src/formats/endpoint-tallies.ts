import type { Load, Problem } from "../model/measurement.js";
import { figure, join, type Text, text } from "../model/text.js";
import { count } from "./load.js";
import type { RequestTally } from "./request-tally.js";

/** Endpoints above which a name is likely made of ids. */
const MANY = 50;
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
    const times = this.statuses.get(status);
    if (times !== undefined) this.statuses.set(status, times + 1);
    else if (this.statuses.size < MOST_STATUSES && status.length <= 200) this.statuses.set(copied(status), 1);
  }

  /** By name, so that the order of the lines does not matter. */
  entries(): readonly (readonly [string, T])[] {
    return [...this.known].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  load(failed: number): Load {
    const { requests } = this.total;
    const byStatus = Object.fromEntries([...this.statuses].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { requests, failed, errorRate: requests === 0 ? 0 : failed / requests, byStatus };
  }

  /** Why nothing can be judged, when no request succeeded. */
  whyNothing(failed: number): Text {
    const statuses = [...this.statuses].filter(([status]) => status !== "" && status !== "0");
    const said = statuses.slice(0, 5).map(([status, times]) => text`${count(times)} × ${figure(status)}`);
    const answers = said.length === 0 ? [] : text`: ${join(said, ", ")}`;
    return text`all ${count(failed)} requests failed${answers}`;
  }

  /** @param remedy how to give requests a common name with this tool */
  problems(remedy: Text): Problem[] {
    if (this.unlisted > 0) {
      const message = text`more than ${count(MOST)} endpoints: ${count(this.unlisted)} requests to others count in the total only`;
      return [{ level: "error", code: "too-many-endpoints", message, remedy }];
    }
    if (this.known.size <= MANY) return [];
    const message = text`${count(this.known.size)} different endpoints, more than a budget is usually written for`;
    return [{ level: "warning", code: "many-endpoints", message, remedy }];
  }
}
