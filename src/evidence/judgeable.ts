import type { Config } from "../config/config.js";
import { matchesName } from "../config/names.js";
import type { Measurement } from "../model/measurement.js";
import { figure, type Text, text } from "../model/text.js";
import type { Better } from "../statistics/judge.js";
import type { Location } from "../statistics/location.js";
import { formatQuantity } from "../statistics/quantity.js";

type Benchmarks = Config["benchmarks"];

interface Thresholds {
  readonly minEffect: number;
  readonly blockEffect: number;
}

/** A figure that has a ratio to others of its kind. */
export const isRatio = (value: number): boolean => value > 0 && Number.isFinite(value);

/** A count may be 0. */
export const isCountable = (value: number): boolean => value >= 0 && Number.isFinite(value);

/** Why a difference of less than two of the tool's steps says nothing. @param resolution above 0 */
export const belowResolution = ({ unit }: Pick<Measurement, "unit">, resolution: number): Text =>
  text`below the tool's resolution: it counts in steps of ${figure(formatQuantity(resolution, unit))}`;

/** Which way is better: as the unit tells, else as the configuration says of the metric, else why nobody can tell. */
export function betterOf({ better, unit, metric }: Pick<Measurement, "better" | "unit" | "metric">, config: Benchmarks): Better | Text {
  if (better !== "unknown") return unit === "unknown" && !Object.hasOwn(config.directions, metric) ? unknown(metric) : better;
  const configured = Object.hasOwn(config.directions, metric) ? config.directions[metric] : undefined;
  return configured ?? unknown(metric);
}

const unknown = (metric: string): Text =>
  text`its unit or direction is not known, and neither is guessed: say which way ${metric} is better under benchmarks.directions`;

const ownOf = (benchmark: string, { thresholds }: Benchmarks) => thresholds.find(({ name }) => matchesName(name, benchmark));

/** The smallest change that counts for this benchmark, and the smallest that blocks; ratios. */
export function thresholdsOf({ benchmark }: Pick<Measurement, "benchmark">, config: Benchmarks): Thresholds {
  const own = ownOf(benchmark, config);
  const minEffect = own?.minEffect ?? config.minEffect;
  return { minEffect, blockEffect: own?.blockEffect ?? Math.max(config.blockEffect, minEffect) };
}

/** Which round stands for a process of this benchmark. */
export function locationOf({ benchmark }: Pick<Measurement, "benchmark">, config: Benchmarks): Location {
  const statistic = ownOf(benchmark, config)?.statistic ?? config.statistic;
  return statistic === "typical" ? "p25" : "min";
}
