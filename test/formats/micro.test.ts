import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environmentOf, failed, incomplete, microRun, ofProcesses, ofRounds, type Series } from "../../src/formats/micro.js";
import { plain, text } from "../../src/model/text.js";
import { codes, sentence } from "./reading.js";

const time: Series = { benchmark: "a", metric: "time", unit: "s", better: "lower" };
const rate: Series = { benchmark: "a", metric: "throughput", unit: "1/s", better: "higher" };

describe("the rounds of one process", () => {
  test("are judged by the fastest time, with the median beside it", () => {
    expect(ofRounds(time, [3, 1, 2])).toEqual({ ...time, statistic: "min", value: 1, typical: 2, rounds: [3, 1, 2], n: 3 });
  });

  test("are judged by the highest rate", () => {
    expect(ofRounds(rate, [3, 1, 2])).toMatchObject({ statistic: "max", value: 3, typical: 2 });
  });

  test("have a median only when nobody knows which way is better", () => {
    expect(ofRounds({ ...rate, better: "unknown" }, [3, 1, 2])).toMatchObject({ statistic: "median", value: 2 });
  });

  test("a single one is no second opinion of itself", () => {
    expect(ofRounds(time, [2])).toEqual({ ...time, statistic: "min", value: 2, rounds: [2], n: 1 });
  });

  test("a round that is no number is missing, and the rounds are then not all of them", () => {
    expect(ofRounds(time, [3, Number.NaN, 1])).toEqual({ ...time, statistic: "min", value: 1, typical: 2, n: 2 });
    expect(ofRounds(time, []).value).toBeNaN();
  });

  test("property: the value is one of the rounds and none is better", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), { minLength: 1 }), (rounds) => {
        const { value } = ofRounds(time, rounds);
        expect(rounds).toContain(value);
        expect(rounds.every((round) => round >= value)).toBe(true);
      }),
    );
  });
});

describe("the rounds of several processes", () => {
  test("are judged by the best mean of a process", () => {
    const rows = [
      [1, 9],
      [3, 5],
      [4, 4],
    ];
    expect(ofProcesses(time, rows)).toEqual({ ...time, statistic: "min", value: 4, typical: 4, processes: rows, n: 6 });
    expect(ofProcesses(rate, rows)).toMatchObject({ statistic: "max", value: 5 });
    expect(ofProcesses(time, rows, "best")).toMatchObject({ statistic: "min", value: 1, typical: 4, processes: rows });
  });

  test("of one process alone stay its rounds", () => {
    const measurement = ofProcesses(time, [[1, 3]]);
    expect(measurement).toMatchObject({ value: 2, rounds: [1, 3] });
    expect(measurement).not.toHaveProperty("processes");
  });

  test("with gaps are not all of them", () => {
    expect(ofProcesses(time, [[1, Number.NaN], [3]])).toEqual({ ...time, statistic: "min", value: 1, typical: 2, n: 2 });
    expect(ofProcesses(time, [[]]).value).toBeNaN();
  });
});

describe("a run of micro-benchmarks", () => {
  const run = { format: "x", problems: [] };
  const value = (seconds: number, step?: number) => ({
    ...time,
    statistic: "min" as const,
    value: seconds,
    ...(step === undefined ? {} : { resolution: step }),
  });

  test("a time of zero is below what the tool can tell, and no measurement", () => {
    const result = microRun({ ...run, measurements: [value(0, 1e-9), { ...value(1), benchmark: "b" }] });
    expect(result.measurements.map(({ benchmark }) => benchmark)).toEqual(["b"]);
    expect(result.problems.map(sentence)).toEqual(["a: time reads 0, which is below its step of 1 ns"]);
    expect(result.noData).toBeUndefined();
    expect(sentence(microRun({ ...run, measurements: [value(0)] }).problems[0]!)).toContain("below what the tool can tell from nothing");
  });

  test("no bytes allocated is a figure", () => {
    const none = { ...value(0), metric: "memory", unit: "B" as const };
    expect(microRun({ ...run, measurements: [none] }).measurements).toEqual([none]);
  });

  test("without any figure it proves nothing, and says whether anything ran", () => {
    expect(plain(microRun({ ...run, measurements: [] }).noData ?? [])).toBe("no benchmark ran");
    const broken = microRun({ ...run, measurements: [], problems: [failed("a", text`boom`)] });
    expect(plain(broken.noData ?? [])).toBe("no benchmark gave a figure");
    expect(plain(microRun({ ...run, measurements: [], noData: text`why` }).noData ?? [])).toBe("why");
  });

  test("what failed and what is missing are errors with a sentence", () => {
    const problems = [failed("a"), failed("a", text`no db`), incomplete(text`it panicked`, 7)];
    expect(problems.map(sentence)).toEqual([
      "a: the benchmark failed",
      "a: the benchmark failed: no db",
      "the run is not complete: it panicked",
    ]);
    expect(codes({ ...run, measurements: [], problems })).toEqual(["benchmark-failed", "benchmark-failed", "incomplete"]);
    expect(problems[2]).toMatchObject({ level: "error", line: 7 });
  });

  test("an environment has only what is known", () => {
    expect(environmentOf({ cpu: "x", cores: undefined })).toEqual({ cpu: "x" });
    expect(environmentOf({ cores: 2, arch: "arm64", os: "linux", runtime: "go" })).toEqual({
      cores: 2,
      arch: "arm64",
      os: "linux",
      runtime: "go",
    });
  });
});
