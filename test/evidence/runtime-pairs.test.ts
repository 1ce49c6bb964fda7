import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byCount, pairRuns, sentIn, signature } from "../../src/evidence/runtime-pairs.js";
import { plain } from "../../src/model/text.js";
import { runOf } from "./recorded.js";

const side = (counts: readonly number[], folders = 1) => ({ runs: counts.map((count) => runOf({ "select 1": count })), folders });

function paired(head: ReturnType<typeof side>, base: ReturnType<typeof side>) {
  const pairs = pairRuns(head, base);
  return "reason" in pairs ? plain(pairs.reason) : pairs.head.map((run, at) => [pairs.base[at] && sentIn(pairs.base[at]), sentIn(run)]);
}

describe("pairRuns", () => {
  it("compares runs in the order of their counts, in whatever order they ran", () => {
    expect(paired(side([5, 1, 3]), side([1, 5, 2]))).toEqual([
      [1, 1],
      [2, 3],
      [5, 5],
    ]);
  });

  it("does not compare an entry that ran more often on one side", () => {
    expect(paired(side([1, 2, 3]), side([1, 2]))).toBe("runs differ, not compared: 2 at the base, 3 here");
    expect(paired(side([1]), side([1, 1]))).toBe("runs differ, not compared: 2 at the base, 1 here");
  });

  it("takes one of several runs of a suite that all sent the same", () => {
    expect(paired(side([4, 2]), side([1, 2, 2, 1], 2))).toEqual([
      [1, 2],
      [2, 4],
    ]);
    expect(paired(side([3, 3, 3], 3), side([3]))).toEqual([[3, 3]]);
  });

  it("does not compare an entry that differs between two runs of one commit", () => {
    expect(paired(side([3]), side([3, 4], 2))).toBe("it is not stable: two runs of the base sent different numbers");
    expect(paired(side([3, 4], 2), side([3]))).toBe("it is not stable: two runs of the head sent different numbers");
  });

  it("pairs every run once, and never one with fewer statements before one with more", () => {
    const counts = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(counts, (given) => {
        const sorted = byCount(side(given).runs).map(sentIn);
        expect(sorted).toEqual([...given].sort((one, other) => one - other));
        expect(paired(side(given), side([...given].reverse()))).toEqual(sorted.map((count) => [count, count]));
      }),
      { numRuns: 50 },
    );
  });
});

describe("signature", () => {
  it("is equal for runs that sent the same, in any order", () => {
    expect(signature(runOf({ a: 1, b: 2 }))).toBe(signature(runOf({ b: 2, a: 1 })));
    expect(signature(runOf({ a: 1, b: 2 }))).not.toBe(signature(runOf({ a: 2, b: 1 })));
  });
});
