import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addedLines } from "../../src/evidence/added-lines.js";

const lines = (...all: readonly string[]): string => all.join("\n");
const places = (base: string, head: string) => addedLines(base, head).map(({ line, endLine }) => [line, endLine]);

describe("added lines", () => {
  it("are those that a diff shows", () => {
    expect(places(lines("a", "b", "c"), lines("a", "x", "b", "y", "z", "c"))).toEqual([
      [2, 2],
      [4, 5],
    ]);
    expect(places(lines("a", "b"), lines("a", "b"))).toEqual([]);
    expect(places("", lines("a", "b"))).toEqual([[1, 2]]);
    expect(places(lines("a", "b"), lines("b"))).toEqual([]);
    expect(places(lines("a\r", "b\r", ""), lines("a", "b", "c", ""))).toEqual([[3, 3]]);
  });

  it("are found in files that are too large to be compared line by line with every other", () => {
    const base = Array.from({ length: 3000 }, (_, at) => (at % 3 === 0 ? "}" : `line ${at}`));
    const head = base.toSpliced(2000, 1, "changed", "and added").toSpliced(500, 0, "}");
    expect(places(base.join("\n"), head.join("\n"))).toEqual([
      [501, 501],
      [2002, 2003],
    ]);
  });

  it("end in time for hostile files", () => {
    const same = (word: string, n: number) => Array.from({ length: n }, () => word).join("\n");
    expect(places(same("a", 20_000), same("b", 20_000))).toEqual([[1, 20_000]]);
    const shuffled = Array.from({ length: 20_000 }, (_, at) => `${(at * 7919) % 20_000}`);
    expect(places(Array.from({ length: 20_000 }, (_, at) => `${at}`).join("\n"), shuffled.join("\n")).length).toBeGreaterThan(1);
  });

  it("leave the rest as a part of the base, in its order", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (base, head) => {
        const added = new Set(
          addedLines(base.join("\n"), head.join("\n")).flatMap(({ line, endLine }) => {
            return Array.from({ length: endLine - line + 1 }, (_, at) => line + at);
          }),
        );
        const kept = head.filter((_, index) => !added.has(index + 1));
        let from = 0;
        for (const line of kept) {
          const at = base.indexOf(line, from);
          expect(at).toBeGreaterThanOrEqual(0);
          from = at + 1;
        }
      }),
      { numRuns: 200 },
    );
  });
});
