import { describe, expect, it } from "vitest";
import { baselineSeries, headSeries } from "../../src/evidence/series.js";
import { seriesKey } from "../../src/model/evidence.js";
import { config, results, time } from "./facts.js";

const { benchmarks } = config();
const key = seriesKey(time(1));

describe("series", () => {
  it("holds the head's runs in the order of the files", () => {
    const series = headSeries(results([time(3)], [time(1)], [time(2)]), benchmarks).get(key);
    expect(series?.runs.map((run) => run.measurement.value)).toEqual([3, 1, 2]);
    expect(series).not.toHaveProperty("duplicateIn");
  });

  it("tells a repetition inside one file from a second run", () => {
    expect(headSeries(results([time(1)], [time(1), time(2)]), benchmarks).get(key)?.duplicateIn).toBe("run-2.json");
  });

  it("joins the histories of a benchmark's old and new name, oldest first", () => {
    const renamed = time(1, { benchmark: "new" });
    const history = new Map([
      [key, [1, 2]],
      [seriesKey(renamed), [3]],
    ]);
    const aliases = { new: time(1).benchmark };
    const series = baselineSeries({ sha: "1", distance: 0, measurements: [time(4)], history }, { ...benchmarks, aliases });
    expect(series.get(seriesKey(renamed))).toMatchObject({ history: [1, 2, 3, 4], measurements: [{ benchmark: "new" }] });
  });

  it("keeps several stored values of one series apart", () => {
    const stored = { sha: "1", distance: 0, measurements: [time(1), time(2)], history: new Map() };
    expect(
      baselineSeries(stored, benchmarks)
        .get(key)
        ?.measurements.map(({ value }) => value),
    ).toEqual([1, 2]);
  });

  it("is not misled by a benchmark that bears the name of an object's member", () => {
    const stored = { sha: "1", distance: 0, measurements: [time(1, { benchmark: "constructor" })], history: new Map() };
    expect([...baselineSeries(stored, benchmarks).values()][0]?.first.benchmark).toBe("constructor");
  });

  it("start anew where the series left its level for good", () => {
    const noise = [1, 1.01, 0.99, 1.005, 0.995];
    const at = (level: number, runs: number) => Array.from({ length: runs }, (_, run) => level * (noise[run % 5] ?? 1));
    const known = time(1.2);
    const history = new Map([[seriesKey(known), [...at(1, 20), ...at(1.2, 11)]]]);
    const series = baselineSeries({ sha: "1", distance: 0, measurements: [known], history }, benchmarks).get(key);
    expect(series?.history).toEqual([...at(1.2, 11), 1.2]);
  });
});
