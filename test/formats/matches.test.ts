import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countIn, matches, numberIn, refuseSeveral, truncated } from "../../src/formats/matches.js";
import { linesOf } from "../../src/formats/text-lines.js";
import { FormatError } from "../../src/model/measurement.js";

const PATTERNS = { word: /^([a-z]+)$/, pair: /^(\w+)=(\w*)(!)?$/ };
const sorted = (source: string) => matches(linesOf(source), PATTERNS);

describe("the lines of a report", () => {
  test("are sorted by what they are, in order, with what was captured", () => {
    const report = sorted("one\na=1\n2\ntwo\nb=!\n");
    expect(report("word")).toEqual([["one"], ["two"]]);
    expect(report("pair")).toEqual([
      ["a", "1", ""],
      ["b", "", "!"],
    ]);
  });

  test("are left out when they are long, and not kept without end", () => {
    expect(sorted("a".repeat(4_001))("word")).toEqual([]);
    expect(sorted("a\n".repeat(5_000))("word")).toHaveLength(1_000);
  });

  test("give numbers: NaN where there is no such line, 0 where that is what its absence means", () => {
    const rows = [["7", "x"]];
    expect([numberIn(rows), countIn(rows), countIn([])]).toEqual([7, 7, 0]);
    expect([numberIn([]), numberIn(rows, 1), countIn(rows, 1)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test("of several runs, or of none to its end, are refused", () => {
    refuseSeveral(0);
    refuseSeveral(1);
    expect(() => refuseSeveral(2)).toThrow(FormatError);
    expect(() => truncated("the end")).toThrow(FormatError);
  });

  test("property: a line is found under a kind exactly when its pattern says so", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-c=1 ]{0,6}$/), { maxLength: 20 }), (lines) => {
        const report = sorted(lines.join("\n"));
        expect(report("word")).toHaveLength(lines.filter((line) => PATTERNS.word.test(line.trimEnd())).length);
      }),
    );
  });
});
