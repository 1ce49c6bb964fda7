import type { Direction, Unit } from "../model/measurement.js";

const two = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });
const tenth = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** From ten times on a factor says more than a percentage. */
const FACTOR = 10;

/** Two significant digits of a percentage, and never less than a tenth: more no benchmark can tell. */
function digits(share: number): string {
  const percent = Math.abs(share) * 100;
  return (percent < 1 ? tenth : two).format(percent);
}

/** `12 %`, `0.4 %`, without a sign. */
export const formatMagnitude = (share: number): string => `${digits(share)} %`;

/** Signed, as a table shows it: `+12 %`, `-4.8 %`, `×250`; what rounds to nothing has no sign. */
export function formatChange(change: number): string {
  if (change + 1 >= FACTOR) return `×${two.format(change + 1)}`;
  const shown = digits(change);
  if (shown === "0") return "0 %";
  return `${change > 0 ? "+" : "-"}${shown} %`;
}

/** The ends of an interval, as it stands in a table: `+8 to +16 %`. */
export function formatInterval([low, high]: readonly [number, number]): string {
  if (high + 1 >= FACTOR) return `${formatChange(low)} to ${formatChange(high)}`;
  return `${formatChange(low).replace(" %", "")} to ${formatChange(high)}`;
}

/** What a change is called: times get slower, everything else gets higher or lower. */
function direction(change: number, unit: Unit, better: Direction): string {
  if (unit === "s" && better === "lower") return change > 0 ? "slower" : "faster";
  return change > 0 ? "higher" : "lower";
}

/** An interval inside a sentence: `8–16 %` where both ends go the way of the change, else with signs. */
function between(change: number, [low, high]: readonly [number, number]): string {
  const same = Math.sign(low) === Math.sign(change) && Math.sign(high) === Math.sign(change);
  if (!same || high + 1 >= FACTOR) return formatInterval([low, high]);
  const [least, most] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))];
  return `${digits(least)}–${digits(most)} %`;
}

/** A change with its direction: `12 % slower`, `19 times slower`, `unchanged`. */
function sayDirected(change: number, unit: Unit, better: Direction): string {
  if (formatChange(change) === "0 %") return "unchanged";
  const word = direction(change, unit, better);
  return change + 1 >= FACTOR
    ? `${two.format(change + 1)} times ${word === "slower" ? "as slow" : "as high"}`
    : `${formatMagnitude(change)} ${word}`;
}

/** The figures of one comparison that a person reads before anything else. */
export interface Effect {
  readonly change: number;
  readonly unit: Unit;
  readonly better: Direction;
  /** 95 %, of `change`. */
  readonly interval: readonly [number, number] | null;
}

/** `12 % slower (95 % interval 8–16 %)`. */
export function sayEffect({ change, unit, better, interval }: Effect): string {
  const said = sayDirected(change, unit, better);
  return interval === null ? said : `${said} (95 % interval ${between(change, interval)})`;
}
