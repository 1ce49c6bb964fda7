import type { Step } from "./load.js";

/**
 * Locust rounds a response time before it counts it (locust/stats.py, log_response_time): to the millisecond
 * below 100 ms, to two digits above. Mean and maximum are added up before that.
 */
export const locustStep: Step = (percentile, seconds) => {
  if (percentile === "mean" || percentile === "max") return undefined;
  if (seconds < 0.1) return 0.001;
  if (seconds < 1) return 0.01;
  return seconds < 10 ? 0.1 : 1;
};
