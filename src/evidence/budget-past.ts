import type { BudgetLimit } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import { type Baseline, seriesKey } from "../model/evidence.js";
import type { Environment, Measurement } from "../model/measurement.js";
import { figure, type Text, text } from "../model/text.js";
import { creepReference } from "../statistics/budget.js";
import { geometricMedian } from "../statistics/quantiles.js";
import { formatQuantity, formatShare } from "../statistics/quantity.js";
import { environmentDifferences } from "./environments.js";

/** What was measured of one series before: the baseline's own value, and all known ones, oldest first, with it at the end. */
export interface Past {
  readonly baseline: number;
  readonly values: readonly number[];
}

/** The past of a measurement, or why there is none to be held against. */
export function pastOf(baseline: Collected<Baseline>, measurement: Measurement, here: Environment | undefined): Past | Text {
  if (baseline.status === "absent") return baseline.reason;
  const key = seriesKey(measurement);
  const stored = baseline.value.measurements.filter((each) => seriesKey(each) === key && each.unit === measurement.unit && each.value > 0);
  if (stored.length === 0) return text`the baseline does not have it`;
  if (environmentDifferences(baseline.value.environment, here).length > 0) return text`the baseline was measured on another machine`;
  const value = geometricMedian(stored.map((each) => each.value));
  return { baseline: value, values: [...(baseline.value.history.get(key) ?? []).filter((each) => each > 0), value] };
}

export const isPast = (past: Past | Text): past is Past => !Array.isArray(past);

/** A limit that was computed from the past. `note` follows the limit in a sentence. */
export interface Derived {
  readonly limit: number;
  readonly baseline: number;
  readonly note: Text;
}

/** The limit in the figure's own unit, or why it cannot be computed. @param worse the limit of a throughput lies below. */
export function derivedLimit(
  { basis, limit, unit }: Pick<BudgetLimit, "basis" | "limit" | "unit">,
  past: Past,
  lower: boolean,
): Derived | Text {
  const reference = basis === "creep" ? creepReference(past.values) : past.baseline;
  if (reference === null) return text`${past.values.length} of the 20 runs of the default branch that would show where it came from`;
  const from = basis === "creep" ? ["the oldest known runs"] : ["the baseline"];
  const note = text`, ${figure(formatShare(limit))} worse than ${from} with ${figure(formatQuantity(reference, unit))}`;
  return { limit: lower ? reference * (1 + limit) : reference / (1 + limit), baseline: reference, note };
}
