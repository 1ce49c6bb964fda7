import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamLines } from "../../src/formats/text-stream.js";
import { FormatError } from "../../src/model/measurement.js";
import { bytesOf, stream } from "./reading.js";

async function linesIn(content: unknown, size?: number) {
  const lines = [];
  for await (const line of streamLines(stream(bytesOf(content), size))) lines.push(line);
  return lines;
}

describe("the lines of a stream", () => {
  test("have numbers, no endings, and say whether the last one was ended", async () => {
    expect(await linesIn("a\r\n\nb")).toEqual([
      { text: "a", number: 1, ended: true },
      { text: "", number: 2, ended: true },
      { text: "b", number: 3, ended: false },
    ]);
  });

  test("are cut when one is too long to be a result", async () => {
    expect((await linesIn(`${"x".repeat(50_000)}\ny\n`, 7_000)).map(({ text }) => text.length)).toEqual([20_000, 1]);
  });

  test("are refused when they are not UTF-8, also at the very end", async () => {
    for (const bytes of [new Uint8Array([0x61, 0x0a, 0xff, 0x0a]), new Uint8Array([0x61, 0xe2, 0x82])])
      await expect(linesIn(bytes)).rejects.toThrow(FormatError);
  });

  test("property: the size of the chunks does not matter", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "grapheme", maxLength: 12 })), fc.integer({ min: 1, max: 40 }), async (texts, size) => {
        const lines = texts.map((text) => text.replaceAll(/[\r\n]/g, " "));
        expect((await linesIn(lines.map((line) => `${line}\n`).join(""), size)).map(({ text }) => text)).toEqual(lines);
      }),
    );
  });
});
