const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
/** Wide enough to show a step, narrow enough for a table. */
const WIDTH = 16;
/** A flat series must look flat: the bars span at least a fifth of its level. */
const SPAN = 0.2;

/**
 * The last values as bars of rising height, the newest at the right end. Read as heights alone: no colour carries
 * anything. Empty with fewer than three values, which show no trend.
 * @param values above or equal to 0, oldest first
 */
export function sparkline(values: readonly number[]): string {
  const shown = values.filter(Number.isFinite).slice(-WIDTH);
  if (shown.length < 3) return "";
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  const span = Math.max(most - least, SPAN * Math.abs(most + least) * 0.5);
  const bottom = (least + most - span) / 2;
  const step = (value: number): number => (span === 0 ? 3 : Math.floor(((value - bottom) / span) * BARS.length));
  return shown.map((value) => BARS[Math.min(BARS.length - 1, Math.max(0, step(value)))] ?? "").join("");
}
