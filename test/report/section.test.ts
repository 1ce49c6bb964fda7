import fc from "fast-check";
import { expect, test } from "vitest";
import { fitting, keep, leftOut, rowsOf, type Section } from "../../src/report/section.js";

const section = (rows: number): Section => ({ title: ["t"], header: [], rows: Array(rows).fill([["x"]]), folded: false });

test("keeps the first rows of all sections together", () => {
  const kept = keep([section(2), section(0), section(3)], 3);
  expect(kept.map(({ rows, total }) => [rows.length, total])).toEqual([
    [2, 2],
    [0, 0],
    [1, 3],
  ]);
  expect(kept.map(leftOut)).toEqual([null, null, ["… and ", "2", " more, left out to stay within GitHub's limit."]]);
});

test("counts the rows of all sections", () => {
  expect(rowsOf([section(2), section(3)])).toBe(5);
});

test("takes the largest number of rows that fits", () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), fc.nat({ max: 300 }), (total, room) => {
      const rendered = fitting(
        total,
        (kept) => "x".repeat(kept),
        (page) => page.length <= room,
      );
      expect(rendered.length).toBe(Math.min(total, room));
    }),
  );
});

test("gives the page without rows when not even that fits", () => {
  expect(
    fitting(
      9,
      (kept) => `page ${kept}`,
      () => false,
    ),
  ).toBe("page 0");
});
