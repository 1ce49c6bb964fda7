import { seededRandom } from "./random.js";

/** Slowdowns that are put into the head, as ratios − 1. */
export const SLOWDOWNS = [0.03, 0.05, 0.1, 0.2, 0.5] as const;

const PULL_REQUEST = 50;
const DRAWS = 1000;

export const share = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.length === 0 ? 0 : items.filter(holds).length / items.length;

export const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * Probability that a pull request of 50 benchmarks has at least one alarm. Whole runs are drawn with replacement until
 * 50 benchmarks are together, so that what goes wrong together in one run stays together.
 * @param alarms one entry a benchmark: the run it was measured in, and whether there was an alarm.
 */
export function anyOfFifty(alarms: readonly { readonly run: string; readonly alarm: boolean }[]): number {
  const groups = new Map<string, { size: number; alarms: boolean[] }>();
  for (const { run, alarm } of alarms) {
    const group = groups.get(run) ?? { size: 0, alarms: [] };
    group.size++;
    group.alarms.push(alarm);
    groups.set(run, group);
  }
  const runs = [...groups.values()];
  if (runs.length === 0) return 0;
  const random = seededRandom(50);
  let hit = 0;
  for (let draw = 0; draw < DRAWS; draw++) if (drawPullRequest(runs, random)) hit++;
  return hit / DRAWS;
}

function drawPullRequest(runs: readonly { readonly size: number; readonly alarms: readonly boolean[] }[], random: () => number): boolean {
  for (let collected = 0; collected < PULL_REQUEST; ) {
    const run = runs[Math.floor(random() * runs.length)];
    if (run === undefined) return false;
    if (run.alarms.slice(0, PULL_REQUEST - collected).includes(true)) return true;
    collected += run.size;
  }
  return false;
}
