import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyLimits } from "../../src/statistics/history-limits.js";

const EFFECT = Math.log1p(0.05);
const still = Array.from({ length: 30 }, () => 0);
const limits = (history: readonly number[]) => historyLimits(history, EFFECT);

describe("the limits of a history", () => {
  it("are the smallest effect of interest where nothing ever moved", () => {
    expect(limits(still)).toEqual({ first: EFFECT, confirmed: EFFECT, hidden: 0 });
  });

  it("lie above what the last run reached, above a state held for two runs, and above the third highest of thirty", () => {
    const level = 0.3;
    const reached = level + EFFECT / 2;
    const beyond = (...places: readonly number[]) =>
      limits(still.map((value, place) => (places.includes(place) ? level : value))).confirmed;
    expect(beyond(29)).toBeGreaterThanOrEqual(reached);
    expect(beyond(10, 11)).toBeGreaterThanOrEqual(reached);
    expect(beyond(2, 12, 22)).toBeGreaterThanOrEqual(reached);
  });

  it("do not rise to a lone outlier, nor to two that are apart", () => {
    const history = still.map((value, place) => (place === 7 || place === 18 ? 0.3 : value));
    expect(limits(history).confirmed).toBeLessThan(0.2);
  });

  it("rise when the same values come in slow spells, since then three runs in a row say less", () => {
    const mixed = still.map((_, place) => (place % 5) / 20);
    const spells = still.map((_, place) => Math.floor(place / 6) / 20);
    expect(limits(spells.toReversed()).confirmed).toBeGreaterThan(limits(mixed).confirmed);
  });

  it("never let three runs see less than one, whatever the history", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 10, maxLength: 30 }), (history) => {
        const { first, confirmed, hidden } = limits(history);
        expect(first).toBeGreaterThanOrEqual(confirmed);
        expect(confirmed).toBeGreaterThanOrEqual(EFFECT);
        expect(hidden).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
