import { describe, expect, it } from "vitest";
import { newShifts, shiftKey, type Timeline, timelinesOf } from "../../src/evidence/level-shifts.js";
import { load, results, time } from "./facts.js";

const noise = [0, 0.01, -0.01, 0.005, -0.005];
const timeline = (levels: readonly (readonly [number, number])[], parts: Partial<Timeline> = {}): Timeline => {
  const values = levels.flatMap(([level, runs]) => Array.from({ length: runs }, (_, run) => level * (1 + (noise[run % 5] ?? 0))));
  return {
    benchmark: "test_a",
    metric: "time",
    unit: "s",
    better: "lower",
    points: values.map((value, index) => ({ sha: `c${index}`, value })),
    ...parts,
  };
};

describe("a level shift", () => {
  it("is found at its first commit, with the last commit before it and its size towards worse", () => {
    const [found, ...others] = newShifts(
      timeline([
        [1, 20],
        [1.2, 10],
      ]),
      [],
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ benchmark: "test_a", metric: "time", sha: "c20", before: "c19" });
    expect(found?.effect).toBeCloseTo(Math.log(1.2), 1);
  });

  it("is towards better when a throughput rises", () => {
    const [found] = newShifts(
      timeline(
        [
          [1, 20],
          [1.2, 10],
        ],
        { better: "higher", unit: "1/s" },
      ),
      [],
    );
    expect(found?.effect).toBeLessThan(-0.1);
  });

  it("is not reported again, even when more runs move it by a run or two", () => {
    const series = timeline([
      [1, 20],
      [1.2, 10],
    ]);
    const known = { benchmark: "test_a", metric: "time", effect: 0.18 };
    expect(newShifts(series, [{ ...known, sha: "c18" }])).toEqual([]);
    expect(newShifts(series, [{ ...known, sha: "c5" }])).toHaveLength(1);
    expect(newShifts(series, [{ ...known, sha: "c20", effect: -0.2 }])).toHaveLength(1);
    expect(newShifts(series, [{ ...known, benchmark: "test_b", sha: "c20" }])).toHaveLength(1);
  });

  it("is not looked for where the direction is unknown or a value has no ratio", () => {
    expect(
      newShifts(
        timeline(
          [
            [1, 20],
            [1.2, 10],
          ],
          { better: "unknown" },
        ),
        [],
      ),
    ).toEqual([]);
    expect(
      newShifts(
        timeline([
          [0, 20],
          [1.2, 10],
        ]),
        [],
      ),
    ).toEqual([]);
  });

  it("is looked for in result files by their order", () => {
    const runs = Array.from({ length: 30 }, (_, run) => [time((run < 20 ? 1 : 1.3) * (1 + (noise[run % 5] ?? 0)))]);
    const [one] = timelinesOf(results(...runs));
    expect(one?.points[0]).toEqual({ sha: "run-1.json", value: 1 });
    expect(newShifts(one!, [])).toMatchObject([{ sha: "run-21.json", before: "run-20.json" }]);
  });

  it("is looked for in what is compared: a few figures of a load test, and no share of failures", () => {
    const figures = [load("/a", "latency_p99", 1), load("/a", "latency_mean", 1, { statistic: "mean" }), load("/a", "error_rate", 0.1)];
    expect(timelinesOf(results(figures)).map(({ metric }) => metric)).toEqual(["latency_p99"]);
  });

  it("is known by benchmark and metric", () => expect(shiftKey({ benchmark: "a", metric: "b" })).toBe('["a","b"]'));
});
