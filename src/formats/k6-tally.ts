import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import { count, errorRate, type Figures, latencies, mixedIn, throughput } from "./load.js";
import { RequestTally } from "./request-tally.js";

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

  /** Failed requests; undefined when neither kind of point tells. */
  get failures(): number | undefined {
    if (this.outcomes > 0) return this.bad;
    return this.untold === 0 ? this.failed : undefined;
  }

  /** Failures answer in their own time, and cannot be told from the others in these latencies. */
  get mixed(): boolean {
    return this.untold > 0 && this.failures !== 0;
  }

  /** k6 writes both points of a request together, unless its script expects nothing of it. */
  problems(): Problem[] {
    const told = this.requests - this.untold;
    if (told === 0 || this.outcomes === 0 || told === this.outcomes) return [];
    const message = text`${count(told)} latencies and ${count(this.outcomes)} outcomes of requests: points are missing, the run is incomplete`;
    return [{ level: "error", code: "points-missing", message, remedy: text`let k6 end by itself, and give the whole file` }];
  }
}

/** Throughput is over the whole run, as in k6's own summary. `seconds` is its length. */
export function figuresOf(endpoint: string, tally: K6Tally, seconds: number | undefined): Figures {
  const { requests, successes, failures, mixed } = tally;
  const sampled = { endpoint, requests };
  const noSuccess = { level: "warning", code: "no-success", message: text`${endpoint}: every request failed` } as const;
  const times = latencies({ endpoint, requests: successes }, tally.seconds());
  return {
    measurements: [
      ...times.measurements,
      ...(seconds === undefined || requests === 0 ? [] : [throughput(sampled, requests / seconds)]),
      ...(failures === undefined || requests === 0 ? [] : [errorRate(sampled, failures / requests)]),
    ],
    problems: [...times.problems, ...(mixed ? [mixedIn(endpoint)] : []), ...(successes === 0 && requests > 0 ? [noSuccess] : [])],
  };
}
