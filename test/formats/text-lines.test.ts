import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LONGEST_LINE, linesOf, peekLines, printed, readLines } from "../../src/formats/text-lines.js";
import { bytesOf, stream } from "./reading.js";

const texts = (source: string) => [...linesOf(source)].map((line) => line.text);

describe("the lines of a text", () => {
  test("are numbered from 1, whatever ends them, and the last needs no ending", () => {
    expect([...linesOf("a\r\n\nb")]).toEqual([
      { text: "a", number: 1 },
      { text: "", number: 2 },
      { text: "b", number: 3 },
    ]);
    expect(texts("")).toEqual([]);
  });

  test("have no colours, no overwritten progress and no white space at their end", () => {
    expect(texts("\u001b[32mfib\u001b[0m 10 \t\nWarming up\rdone\r\n")).toEqual(["fib 10", "done"]);
  });

  test("are cut where no tool writes on", () => {
    expect(texts(`${"x".repeat(LONGEST_LINE + 5)}\ny`).map((line) => line.length)).toEqual([LONGEST_LINE, 1]);
  });

  test("are refused with a sentence when they are not UTF-8", async () => {
    await expect(readLines(stream(new Uint8Array([0x61, 0xff, 0x0a])))).rejects.toMatchObject({ code: "not-utf-8" });
  });

  test("are refused with a sentence when there are more than any result has", async () => {
    await expect(readLines(stream(new Uint8Array(2_000_001).fill(0x0a), 1_000_000))).rejects.toMatchObject({ code: "too-many" });
  });

  test("property: joined again they are the text, and the chunks do not matter", async () => {
    const plainLine = fc.string({ unit: fc.constantFrom("a", "µ", "é", "|", "x") });
    await fc.assert(
      fc.asyncProperty(fc.array(plainLine, { minLength: 1 }), fc.integer({ min: 1, max: 9 }), async (list, size) => {
        const lines = [...(await readLines(stream(bytesOf(`${list.join("\n")}\n`), size)))];
        expect(lines.map((line) => line.text)).toEqual(list);
        expect(peekLines(bytesOf(list.join("\n"))).join("\n")).toBe(list.join("\n").replace(/\n$/, ""));
      }),
    );
  });
});

describe("a printed number", () => {
  test.each<[string, number]>([
    ["325", 325],
    ["40537.123", 40537.123],
    ["1e3", 1000],
    ["2.5E-05", 2.5e-5],
    ["-1.5", -1.5],
  ])("%s is read", (text, value) => expect(printed(text)).toBe(value));

  test.each(["", ".", "NaN", "-nan", "inf", "Infinity", "N/A", "0x10", "1,000", "1 000", "12a"])("%s is missing, never 0", (text) => {
    expect(printed(text)).toBeNaN();
  });

  test("has commas between thousands only where the tool writes them", () => {
    expect(printed("1,018,149.50", "commas")).toBe(1_018_149.5);
  });

  test("property: what JavaScript prints comes back", () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => printed(String(value)) === value));
  });
});
