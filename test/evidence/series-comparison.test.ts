import { describe, expect, it } from "vitest";
import { settle, unjudged } from "../../src/evidence/drafts.js";
import { headSeries } from "../../src/evidence/series.js";
import { candidateOf, compareSeries as draftOf } from "../../src/evidence/series-comparison.js";
import { text } from "../../src/model/text.js";
import { config, results, time } from "./facts.js";

const { benchmarks } = config();
const compareSeries = (...given: Parameters<typeof draftOf>) => settle([draftOf(...given)])[0]!;
const head = (...values: readonly number[]) => [...headSeries(results(...values.map((value) => [time(value)])), benchmarks).values()][0]!;
const base = (value: number, history: readonly number[]) => ({
  key: head(1).key,
  first: time(value),
  measurements: [time(value)],
  history,
});

describe("one series against its baseline", () => {
  it("leaves every figure empty where nothing was judged", () => {
    expect(unjudged(time(3), "new", text`why`)).toMatchObject({ mode: null, baseline: null, candidate: null, change: null, blocks: false });
  });

  it("shows the median of the head's runs", () => {
    expect(candidateOf(head(3, 1, 2))).toEqual({ candidate: 2, runs: 3 });
  });

  it("needs ten runs of history for the stronger judge", () => {
    const values = Array.from({ length: 10 }, (_, index) => 100 + (index % 2));
    expect(compareSeries(head(100), base(100, values), undefined, benchmarks).mode).toBe("B");
    expect(compareSeries(head(100), base(100, values.slice(1)), undefined, benchmarks).mode).toBe("C");
  });

  it("blocks from the blocking effect on, and not just below it", () => {
    const flat = Array.from({ length: 12 }, () => 100);
    const blocks = (value: number) => compareSeries(head(value, value, value), base(100, flat), undefined, benchmarks).blocks;
    expect(blocks(110)).toBe(true);
    expect(blocks(109.9)).toBe(false);
  });

  it("counts at most thirty runs of history", () => {
    const flat = Array.from({ length: 40 }, () => 100);
    expect(compareSeries(head(100), base(100, flat), undefined, benchmarks).history).toBe(30);
  });
});
