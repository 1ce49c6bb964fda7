import type { Config } from "../config/config.js";
import type { Results } from "../model/evidence.js";
import type { Measurement, ParsedRun, Problem } from "../model/measurement.js";
import { figure, text } from "../model/text.js";
import { formatShare } from "../statistics/quantity.js";
import { coveringPattern } from "./endpoints.js";

/** Failures answer at another speed than successes: above this share of them the other figures say nothing of the service. */
const MOST_FAILED = 0.01;

/** Share of failed requests, 0..1: the endpoint's own where the tool counts it, else the run's. */
const failedShare = ({ measurements, load }: ParsedRun, endpoint: string): number =>
  measurements.find((each) => each.metric === "error_rate" && each.endpoint === endpoint)?.value ?? load?.errorRate ?? 0;

/** The endpoint's own budget of errors, else 1 %. */
function mostFailed({ endpoints }: Pick<Config, "endpoints">, endpoint: string): number {
  const pattern = coveringPattern(
    endpoints.map((budget) => budget.pattern),
    endpoint,
  );
  const own = endpoints.find((budget) => budget.pattern === pattern)?.limits.find(({ metric }) => metric === "error_rate_max");
  return own?.limit ?? MOST_FAILED;
}

/** An endpoint of a run that failed too often for its other figures to be believed. */
export interface FailingEndpoint {
  readonly endpoint: string;
  readonly share: number;
  readonly most: number;
}

export function failingEndpoints(run: ParsedRun, config: Pick<Config, "endpoints">): readonly FailingEndpoint[] {
  const endpoints = [...new Set(run.measurements.flatMap(({ endpoint }) => endpoint ?? []))];
  return endpoints
    .map((endpoint) => ({ endpoint, share: failedShare(run, endpoint), most: mostFailed(config, endpoint) }))
    .filter(({ share, most }) => share > most);
}

/** Why such an endpoint's figures do not count. */
export const failedTooOften = ({ endpoint, share, most }: FailingEndpoint) =>
  text`${figure(formatShare(share))} of the requests to ${endpoint} failed, more than ${figure(formatShare(most))}`;

const isErrorRate = ({ metric }: Measurement): boolean => metric === "error_rate";

/** The run without the latencies and rates of endpoints that failed too often; their error rates stay. */
export function withoutFailing(run: ParsedRun, config: Pick<Config, "endpoints">): ParsedRun {
  const failing = new Set(failingEndpoints(run, config).map(({ endpoint }) => endpoint));
  if (failing.size === 0) return run;
  const measurements = run.measurements.filter((each) => isErrorRate(each) || each.endpoint === undefined || !failing.has(each.endpoint));
  return { ...run, measurements };
}

/** One problem for each endpoint that failed too often, by file. */
export function failingProblems(results: Results, config: Pick<Config, "endpoints">): readonly Problem[] {
  return results.files.flatMap(({ file, run }) =>
    run.noData === undefined
      ? failingEndpoints(run, config).map(
          (failing): Problem => ({
            level: "warning",
            code: "failed-too-often",
            message: text`${failedTooOften(failing)}: its latencies and rates are not compared, and keep no budget`,
            remedy: text`mend the requests or the service; where failures are meant, say how many under error_rate_max`,
            file,
          }),
        )
      : [],
  );
}
