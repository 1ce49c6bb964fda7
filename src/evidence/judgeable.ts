import type { Config } from "../config/config.js";
import type { Measurement } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import type { Better } from "../statistics/judge.js";

type Benchmarks = Config["benchmarks"];

/** A figure that has a ratio to others of its kind. */
export const isRatio = (value: number): boolean => value > 0 && Number.isFinite(value);

/** A count may be 0. */
export const isCountable = (value: number): boolean => value >= 0 && Number.isFinite(value);

/** Which way is better, or why nobody can tell. */
export function betterOf({ better, unit }: Pick<Measurement, "better" | "unit" | "metric">, _config: Benchmarks): Better | Text {
  if (unit === "unknown" || better === "unknown") return text`its unit or direction is not known, and neither is guessed`;
  return better;
}

/** The smallest change that counts for this benchmark, and the smallest that blocks; ratios. */
export function thresholdsOf(
  _series: Pick<Measurement, "benchmark">,
  { minEffect, blockEffect }: Benchmarks,
): { readonly minEffect: number; readonly blockEffect: number } {
  return { minEffect, blockEffect };
}
