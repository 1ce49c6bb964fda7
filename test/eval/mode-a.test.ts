import { describe, expect, it } from "vitest";
import { blocks, slower } from "./blocks.js";
import { modeA } from "./mode-a.js";
import { samplePeers } from "./peers-samples.js";
import { processHistory } from "./process-history.js";
import { seededRandom } from "./random.js";
import { modeATable, rate } from "./tables.js";

/** Two benchmarks in 24 processes; one is quiet, the other has processes that are half as fast. */
function recorded() {
  const random = seededRandom(7);
  const lines = Array.from({ length: 24 }, (_, index) => {
    const level = { quiet: 1 + 0.004 * random(), noisy: (random() < 0.4 ? 1.5 : 1) + 0.05 * random() };
    return Object.entries(level).map(([bench, min]) => {
      const sample = Array.from({ length: 10 }, (__, round) => min * (1 + round / 100));
      return JSON.stringify({ run: index + 1, bench, mean: min * 1.05, median: min * 1.045, min, sample });
    });
  });
  return processHistory("made", lines.flat().join("\n"));
}

describe("the evaluation of mode A", () => {
  it("takes base and head in turn, and as many blocks as fit into the span", () => {
    const set = recorded();
    const [first, ...others] = blocks(set, { first: 1, last: 12 }, 3, 2);
    const rounds = set.benchmarks[0]?.rounds ?? [];
    expect(first).toEqual({ run: "0", base: [rounds[0], rounds[2], rounds[4]], head: [rounds[1], rounds[3], rounds[5]] });
    expect(others).toHaveLength(2 * 4 - 1);
    expect(blocks(set, { first: 20, last: 24 }, 3, 1)).toEqual([]);
  });

  it("makes a slowdown out of real values", () => {
    expect(slower([[1, 2], [4]], 0.5)).toEqual([[1.5, 3], [6]]);
  });

  it("sees a slowdown of a quiet benchmark, and calls no unchanged one slower", () => {
    const [, five] = modeA(recorded(), { first: 1, last: 24 });
    expect(five).toMatchObject({ rule: "Redline, k = 5", comparisons: 2 * 8, falseAlarms: 0, processes: 5 });
    expect(five?.detection.at(-1)).toBeGreaterThanOrEqual(0.5);
    expect(modeATable(five ? [five] : [])).toContain("| Redline, k = 5 | 16 | .000 |");
  });

  it("names the published figures that a rule misses, and none on other data", () => {
    expect(samplePeers(recorded(), false).every(({ missed }) => missed === null)).toBe(true);
    const [means] = samplePeers(recorded(), true);
    expect(means?.missed?.join()).toMatch(/false alarms .* instead of \.446/);
  });

  it("writes shares without hiding small ones", () => {
    expect([0, 0.0007, 0.0234, 1].map(rate)).toEqual([".000", ".0007", ".023", "1.000"]);
  });
});
