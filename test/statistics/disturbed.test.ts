import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutDisturbed } from "../../src/statistics/disturbed.js";

const without = (base: readonly number[], head: readonly number[]) => withoutDisturbed(base, head, 0.002);
const quiet = [0, 0.01, -0.01, 0.005, -0.005];

describe("disturbed processes", () => {
  it("are slow ones that lie far from their side", () => {
    expect(without([...quiet.slice(0, 4), 0.4], quiet)[0]).toEqual([-0.01, 0, 0.005, 0.01]);
    expect(without(quiet, quiet)).toEqual([quiet, quiet].map((side) => [...side].sort((a, b) => a - b)));
  });

  it("are never fast: nothing makes a process faster than it is", () => {
    expect(without([...quiet.slice(0, 4), -0.4], quiet)[0]).toHaveLength(5);
  });

  it("are at most one in four of a side", () => {
    expect(without([0, 0.4, 0.01], [0, 0.01, 0.02])[0]).toHaveLength(3);
    expect(without([...quiet.slice(0, 3), 0.4, 0.5], quiet)[0]).toEqual([-0.01, 0, 0.01, 0.4]);
    expect(without([...quiet, 0.4, 0.5, 0.6], [...quiet, 0, 0, 0])[0]).toHaveLength(6);
  });

  it("are not looked for where every second process is slow", () => {
    expect(without([0, 0.4, 0, 0.4, 0, 0.4], [0, 0.4, 0, 0.4, 0, 0.4])[0]).toHaveLength(6);
  });

  it("are the same wherever the values lie", () => {
    const side = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(side, side, (base, head) => {
        const sizes = without(base, head).map(({ length }) => length);
        const moved = without(
          base,
          head.map((value) => value + 1024),
        );
        expect(moved.map(({ length }) => length)).toEqual(sizes);
      }),
    );
  });
});
