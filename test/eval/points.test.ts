import { describe, expect, it } from "vitest";
import { pointsOf, worsened } from "./points.js";
import { anyOfFifty } from "./rates.js";
import type { Series } from "./stored-history.js";

const series = (values: readonly number[]): Series => ({
  suite: "s",
  name: "n",
  better: "lower",
  values,
  runs: values.map((_, run) => run),
});

describe("the points of a history", () => {
  it("have 10 to 30 values before them and three runs of the head, in halves by time", () => {
    const { points } = pointsOf("x", [series(Array.from({ length: 50 }, (_, run) => 100 + run))], false);
    expect(points).toHaveLength(38);
    expect(points[0]).toMatchObject({ head: [110, 111, 112], half: "tuning" });
    expect(points[0]?.history).toHaveLength(10);
    expect(points.at(-1)?.history).toHaveLength(30);
    expect(points.filter(({ half }) => half === "tuning")).toHaveLength(15);
  });

  it("leave out what lies near a lasting change of level, where the code changed", () => {
    const step = series([...Array.from({ length: 40 }, () => 100), ...Array.from({ length: 40 }, () => 120)]);
    const near = pointsOf("x", [step], true).points.filter(({ head, history }) => head[0] !== history[0]);
    expect(pointsOf("x", [step], false).points).toHaveLength(68);
    expect(near.every(({ history }) => history.at(-1) === 120)).toBe(true);
  });

  it("are made worse in the direction of the metric", () => {
    expect(worsened([100], "lower", 0.25)).toEqual([125]);
    expect(worsened([100], "higher", 0.25)).toEqual([80]);
  });
});

describe("a pull request of fifty benchmarks", () => {
  const alarms = (share: number) => Array.from({ length: 1000 }, (_, index) => ({ run: String(index), alarm: index < share * 1000 }));

  it("raises an alarm as often as fifty independent benchmarks would", () => {
    expect(anyOfFifty(alarms(0))).toBe(0);
    expect(anyOfFifty(alarms(0.01))).toBeGreaterThan(0.33);
    expect(anyOfFifty(alarms(0.01))).toBeLessThan(0.47);
  });

  it("raises it less often when alarms come together in one run", () => {
    const together = alarms(0.02).map(({ alarm }, index) => ({ alarm, run: String(Math.floor(index / 10)) }));
    expect(anyOfFifty(together)).toBeLessThan(anyOfFifty(alarms(0.02)) / 2);
  });
});
