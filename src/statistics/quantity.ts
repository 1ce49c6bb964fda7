import type { Unit } from "../model/measurement.js";

interface Step {
  readonly size: number;
  readonly suffix: string;
}

const second: Step = { size: 1, suffix: " s" };
const byte: Step = { size: 1, suffix: " B" };
const times: readonly Step[] = [second, { size: 1e-3, suffix: " ms" }, { size: 1e-6, suffix: " µs" }, { size: 1e-9, suffix: " ns" }];
const sizes: readonly Step[] = [{ size: 1e9, suffix: " GB" }, { size: 1e6, suffix: " MB" }, { size: 1e3, suffix: " kB" }, byte];

const steps: Readonly<Record<Unit, readonly Step[]>> = {
  s: times,
  B: sizes,
  "1/s": [{ size: 1, suffix: "/s" }],
  "1": [{ size: 1, suffix: "" }],
  unknown: [{ size: 1, suffix: "" }],
};

const DIGITS = 4;
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat("en-US", { maximumSignificantDigits: DIGITS });
const percent = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const grouped = (value: number): string => (Math.abs(value) >= 10 ** DIGITS ? whole : significant).format(value);

/** Rounded first, so that 999.96 µs is shown as 1 ms and not as 1,000 µs. */
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/**
 * A value in its SI unit for reading: `123.4 ms`, `512 MB` (decimal), `1,234/s`. Four significant digits.
 * @param value finite
 */
export function formatQuantity(value: number, unit: Unit): string {
  const ladder = steps[unit];
  const size = Math.abs(rounded(value));
  const step = size === 0 ? ladder.find((each) => each.size === 1) : (ladder.find((each) => size >= each.size) ?? ladder.at(-1));
  return step === undefined ? grouped(value) : `${grouped(value / step.size)}${step.suffix}`;
}

/** A share such as an error rate, 0..1: `1.2 %`, `0.05 %`. */
export function formatShare(share: number): string {
  return `${significant.format(share * 100)} %`;
}

/** A signed change as a ratio − 1: `+12.3 %`, `-4.8 %`; what rounds to nothing has no sign. */
export function formatRatio(change: number): string {
  const shown = percent.format(change * 100).replace(/^-0\.0$/u, "0.0");
  return `${change > 0 && shown !== "0.0" ? "+" : ""}${shown} %`;
}
