import { describe, expect, it } from "vitest";
import { inOrder } from "../../../src/cli/bench/measure.js";

const places = (rounds: number) => Array.from({ length: rounds }, (_, index) => inOrder(["base", "head"], index + 1)).flat();

describe("the order of the runs", () => {
  it("turns with every round, so that the same side is not always first", () => {
    expect(places(3)).toEqual(["base", "head", "head", "base", "base", "head"]);
  });

  it("puts both sides at the same time on average, so that a steady drift favours neither", () => {
    const mean = (side: string) => {
      const at = places(8).flatMap((each, index) => (each === side ? [index] : []));
      return at.reduce((sum, index) => sum + index, 0) / at.length;
    };
    expect(mean("base")).toBe(mean("head"));
  });

  it("is the only one where the head is measured alone", () => {
    expect(inOrder(["head"], 2)).toEqual(["head"]);
  });
});
