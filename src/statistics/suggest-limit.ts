import type { LimitKind } from "./budget.js";
import { median, medianAbsoluteDeviation } from "./quantiles.js";

/** A limit that the history would have kept, with what it rests on. */
export interface SuggestedLimit {
  /** Same unit as the values, rounded outwards to two digits. */
  readonly limit: number;
  readonly median: number;
  /** One standard deviation from run to run, as a ratio − 1. */
  readonly noise: number;
}

/** With a true level 20 % under the limit three runs that are all over it were seen once in a thousand or less. */
const HEADROOM = Math.log(1.2);
/** One more than the two within which a limit counts as inside the noise. */
const SIGMAS = 3;
/** Error rates are mostly 0: at least one request in a hundred, else twice the worst run. */
const LEAST_ERROR_RATE = 0.01;

function outwards(value: number, up: boolean): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  const steps = value / step;
  return Number(((up ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9)) * step).toPrecision(2));
}

/** @param values above 0, one a run, at least one */
export function suggestLimit(values: readonly number[], kind: LimitKind): SuggestedLimit {
  const logs = values.map(Math.log);
  const [middle, sigma] = [median(logs), 1.4826 * medianAbsoluteDeviation(logs)];
  const distance = Math.max(HEADROOM, SIGMAS * sigma);
  const limit = Math.exp(kind === "at-most" ? middle + distance : middle - distance);
  return { limit: outwards(limit, kind === "at-most"), median: Math.exp(middle), noise: Math.expm1(sigma) };
}

/** @param rates 0..1, one a run, at least one */
export function suggestErrorRate(rates: readonly number[]): number {
  return Math.min(1, Math.max(LEAST_ERROR_RATE, outwards(Math.max(2 * Math.max(...rates), 1e-9), true)));
}
