import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LONGEST_LINE, textBlocks } from "../../src/formats/text-blocks.js";
import { bytesOf, stream } from "./reading.js";

async function blocksOf(chunks: AsyncIterable<Uint8Array>) {
  const blocks: { text: string; unfinished: boolean }[] = [];
  let overlong = 0;
  for await (const block of textBlocks(chunks, () => overlong++)) blocks.push(block);
  return { blocks, overlong, text: blocks.map(({ text }) => text).join("") };
}

describe("blocks of lines", () => {
  test("property: together they are the text, and each but an unfinished last ends with a line ending", async () => {
    const line = fc.string({ unit: "binary", maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (lines, eol, ended, size) => {
          const source = lines.join(eol) + (ended ? eol : "");
          const { blocks, text } = await blocksOf(stream(bytesOf(source), size));
          expect(text).toBe(source);
          for (const [index, block] of blocks.entries()) {
            expect(block.unfinished).toBe(!block.text.endsWith("\n"));
            if (block.unfinished) expect(index).toBe(blocks.length - 1);
          }
        },
      ),
    );
  });

  test("a chunk of any size comes out in small blocks", async () => {
    const source = `${"x".repeat(99)}\n`.repeat(10_000);
    const { blocks, text } = await blocksOf(stream(bytesOf(source), source.length));
    expect(text).toBe(source);
    expect(Math.max(...blocks.map((block) => block.text.length))).toBeLessThan(70_000);
  });

  test("a line above the cap leaves its ending only, wherever it stands", async () => {
    const long = "y".repeat(LONGEST_LINE + 1);
    for (const size of [1_000, 65_536, 5_000_000]) {
      expect(await blocksOf(stream(bytesOf(`a\n${long}\nb\n${long}`), size))).toMatchObject({ text: "a\n\nb\n", overlong: 2 });
      expect(await blocksOf(stream(bytesOf(`${"y".repeat(LONGEST_LINE)}\nb`), size))).toMatchObject({ overlong: 0 });
    }
  });
});
