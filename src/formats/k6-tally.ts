import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import { count } from "./load.js";
import type { EndpointFigures } from "./load-run.js";
import { RequestTally } from "./request-tally.js";

const TAGS = text`leave expected_response among the systemTags of the script`;

/** Requests as k6 tells of them: in a point with the time and in another with the outcome. */
export class K6Tally extends RequestTally {
  private outcomes = 0;
  private bad = 0;
  /** Timed, without a word on whether the answer was expected. */
  private untold = 0;

  timed(seconds: number, expected: string | undefined): void {
    this.add(seconds, expected === "false");
    if (expected === undefined) this.untold++;
  }

  /** @param failed 1 or 0 */
  outcome(failed: number): void {
    this.outcomes++;
    if (failed !== 0) this.bad++;
  }

  /** Requests that were timed or of which an outcome is told; a cut stream may have one without the other. */
  get all(): number {
    return Math.max(this.requests, this.outcomes);
  }

  get failures(): number {
    return Math.max(this.bad, this.failed);
  }

  /** k6 writes both points of a request together, unless its script expects nothing of it. */
  problems(): Problem[] {
    const told = this.requests - this.untold;
    if (this.requests > 0 && told === 0 && this.outcomes === 0)
      return [{ level: "error", code: "no-outcomes", message: text`k6 did not write which requests failed`, remedy: TAGS }];
    if (told === 0 || this.outcomes === 0 || told === this.outcomes) return [];
    const message = text`${count(told)} latencies and ${count(this.outcomes)} outcomes of requests: points are missing, the run is incomplete`;
    return [{ level: "error", code: "points-missing", message, remedy: text`let k6 end by itself, and give the whole file` }];
  }
}

/** Throughput is over the whole run, as in k6's own summary. `seconds` is its length. */
export function figuresOf(endpoint: string, tally: K6Tally, seconds: number | undefined): EndpointFigures {
  return {
    endpoint,
    requests: tally.all,
    failed: tally.failures,
    seconds: tally.seconds(),
    timed: tally.successes,
    ...(seconds === undefined ? {} : { perSecond: tally.requests / seconds }),
  };
}
