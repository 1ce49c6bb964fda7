import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVEL_MINIMUM, levelShifts, sinceLastShift } from "../../src/statistics/change-points.js";

/** A level with one per cent of noise that looks the same every time. */
const level = (value: number, runs: number): readonly number[] =>
  Array.from({ length: runs }, (_, run) => value * (1 + ((run * 7) % 5) / 200));

describe("lasting changes of level", () => {
  it("are found where they happened, with their size towards worse", () => {
    const values = [...level(100, 20), ...level(120, 20), ...level(90, 20)];
    const [up, down, ...others] = levelShifts(values, "lower");
    expect(others).toEqual([]);
    expect(up).toMatchObject({ index: 20, effect: expect.closeTo(Math.log(1.2), 2) });
    expect(down).toMatchObject({ index: 40, effect: expect.closeTo(Math.log(90 / 120), 2) });
    expect(up?.p).toBeLessThan(1e-3);
  });

  it("are losses where a rate falls", () => {
    const [shift] = levelShifts([...level(100, 15), ...level(80, 15)], "higher");
    expect(shift).toMatchObject({ index: 15, effect: expect.closeTo(Math.log(100 / 80), 2) });
  });

  it("need five runs at the new level", () => {
    const after = (runs: number) => levelShifts([...level(100, 25), ...level(130, runs)], "lower").length;
    expect([1, 2, 3, 4, 5].map(after)).toEqual([0, 0, 0, 0, 1]);
  });

  it("are not a lone outlier, wherever it stands and however far it lies", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 39 }), fc.constantFrom(0.01, 0.5, 1.5, 3, 1000), (place, factor) => {
        const values = level(100, 40).map((value, run) => (run === place ? value * factor : value));
        expect(levelShifts(values, "lower")).toEqual([]);
      }),
    );
  });

  it("are not smaller than the smallest shift of interest", () => {
    const values = [...level(100, 20), ...level(104, 20)];
    expect(levelShifts(values, "lower")).toEqual([]);
    expect(levelShifts(values, "lower", { minEffect: 0.02 })).toHaveLength(1);
  });

  it("are none in a constant series, nor in one that is too short to have two levels", () => {
    expect(levelShifts(level(1, 0), "lower")).toEqual([]);
    expect(
      levelShifts(
        Array.from({ length: 200 }, () => 7),
        "lower",
      ),
    ).toEqual([]);
    expect(levelShifts([...level(1, 4), ...level(9, 4)], "lower")).toEqual([]);
  });

  it("are numbered in the whole series, of which the last 200 values are searched", () => {
    const values = [...level(50, 400), ...level(100, 100), ...level(130, 50)];
    expect(levelShifts(values, "lower").map(({ index }) => index)).toEqual([400, 500]);
  });

  it("leave the runs after the last of them as the history", () => {
    const values = [...level(100, 20), ...level(120, 12)];
    expect(sinceLastShift(values)).toEqual(values.slice(20));
    expect(sinceLastShift(level(3, 9))).toEqual(level(3, 9));
  });

  const series = fc.array(fc.integer({ min: 80, max: 140 }), { maxLength: 80 });

  it("are in order, apart by a level's length, and each a shift by its own figures", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 80 }), (noise, place) => {
        const values = noise.map((value, run) => (run < place ? value : value * 2));
        const shifts = levelShifts(values, "lower");
        const places = [0, ...shifts.map(({ index }) => index), values.length];
        for (const [order, { index, effect, p }] of shifts.entries()) {
          expect(index - (places[order] ?? 0)).toBeGreaterThanOrEqual(LEVEL_MINIMUM);
          expect(Math.abs(effect)).toBeGreaterThanOrEqual(Math.log1p(0.05) - 1e-9);
          expect(p).toBeLessThan(0.001);
        }
      }),
    );
  });

  it("are the same for scaled values, and for a time and its rate", () => {
    fc.assert(
      fc.property(series, fc.constantFrom(1e-9, 0.37, 1e6), (values, scale) => {
        const places = (shifts: ReturnType<typeof levelShifts>) => shifts.map(({ index, effect }) => [index, effect.toFixed(6)]);
        const expected = places(levelShifts(values, "lower"));
        const scaled = values.map((value) => value * scale);
        const rates = values.map((value) => 1 / value);
        expect(places(levelShifts(scaled, "lower"))).toEqual(expected);
        expect(places(levelShifts(rates, "higher"))).toEqual(expected);
      }),
    );
  });
});
