import { describe, expect, it } from "vitest";
import { type Stored, sizesOf } from "../../../src/sandbox/planner/sizes.js";
import type { Statistics } from "../../../src/sql/statistics-file.js";

const table = (oid: number, name: string, more: Partial<Stored> = {}): Stored => ({
  oid,
  schema: "public",
  name,
  kind: "r",
  path: `base/5/${oid}`,
  table: null,
  root: oid,
  ...more,
});

const none: Statistics = { relations: [], columns: [], settings: {}, assumedRows: 10_000_000 };
const told = (name: string, rows: number, pages: number) => ({ schema: "public", name, rows, pages, allVisible: 3 });

const figures = (stored: readonly Stored[], statistics = none) =>
  sizesOf(stored, statistics).map(({ name, rows, pages }) => [name, rows, pages]);

describe("the sizes of what is stored", () => {
  it("are ten million rows on 200,000 pages where nothing is known, and 40,000 pages of an index", () => {
    const index = table(2, "t_pkey", { kind: "i", table: 1 });
    expect(figures([table(1, "t"), index])).toEqual([
      ["t", 10_000_000, 200_000],
      ["t_pkey", 10_000_000, 40_000],
    ]);
    expect(figures([table(1, "t"), index], { ...none, assumedRows: 1000 })).toEqual([
      ["t", 1000, 20],
      ["t_pkey", 1000, 4],
    ]);
  });

  it("are those that were told, and of a new index in the measure of its table", () => {
    const relations = [told("t", 500, 77), told("counted_only", 500, 0), told("empty", 0, 0)];
    const stored = [table(1, "t"), table(2, "t_new", { kind: "i", table: 1 }), table(3, "counted_only"), table(4, "empty")];
    expect(figures(stored, { ...none, relations })).toEqual([
      ["t", 500, 77],
      ["t_new", 500, 2],
      ["counted_only", 500, 10],
      ["empty", 0, 0],
    ]);
  });

  it("of partitions are an equal share of the whole", () => {
    const stored = [table(1, "p", { kind: "p", path: null }), table(2, "p_1", { root: 1 }), table(3, "p_2", { root: 1 })];
    expect(figures(stored)).toEqual([
      ["p", 10_000_000, 200_000],
      ["p_1", 5_000_000, 100_000],
      ["p_2", 5_000_000, 100_000],
    ]);
  });
});
