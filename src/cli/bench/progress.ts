import type { BenchRun, Side } from "../../formats/bench-bundle.js";
import { type Text, text } from "../../model/text.js";
import { sentence } from "../terminal.js";

/** Lines of the command's last words that are shown. */
const TAIL_LINES = 15;

/** One line on standard error. */
export function say(message: Text): void {
  process.stderr.write(`redline: ${sentence(message)}\n`);
}

/** The end of a command's output, each line marked as not ours. */
export function quote(tail: string): void {
  const lines = tail.trimEnd().split(/\r?\n/u).slice(-TAIL_LINES);
  for (const line of lines) if (line.trim() !== "") process.stderr.write(`  | ${sentence([{ foreign: line }])}\n`);
}

/** `45 s`, `3 min 20 s`, `1 h 5 min`: as exact as an estimate deserves. */
export function sayTime(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
}

/** Where the measurement stands, for its next line of progress. */
export interface Standing {
  readonly side: Side;
  readonly round: number;
  /** Rounds until the next look, and at most. */
  readonly target: number;
  readonly most: number;
  readonly runs: readonly BenchRun[];
  /** Runs of this round that are left, this one included. */
  readonly left: number;
  /** Sides that are still measured: 2, or 1 when the base was given up. */
  readonly sides: number;
}

/** Seconds until a round is over, from the runs so far. */
function secondsUntil(until: number, { round, left, runs, sides }: Standing): number {
  const mean = runs.reduce((sum, { seconds }) => sum + seconds, 0) / runs.length;
  return mean * ((until - round) * sides + left);
}

/** `round 2 of 3, head: 12 s used, about 30 s left, at most 2 min`. */
export function progressLine(standing: Standing): Text {
  const { round, target, most, side, runs } = standing;
  const where = text`round ${round} of ${target}, ${[side]}`;
  if (runs.length === 0) return where;
  const used = sayTime(runs.reduce((sum, { seconds }) => sum + seconds, 0));
  const longest = most > target ? text`, at most ${[sayTime(secondsUntil(most, standing))]}` : [];
  return text`${where}: ${[used]} used, about ${[sayTime(secondsUntil(target, standing))]} left${longest}`;
}
