import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedLines, type Line } from "../../src/cli/bounded-lines.js";

async function linesOf(chunks: readonly Uint8Array[], limit = 100): Promise<readonly Line[]> {
  async function* stream() {
    yield* chunks;
  }
  const lines: Line[] = [];
  for await (const some of boundedLines(stream(), limit)) lines.push(...some);
  return lines;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe("lines of a stream", () => {
  it("are found wherever the chunks were cut, also inside a character", () => {
    const text = "one\nzwölf\n\n日本";
    const whole = bytes(text);
    return fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 5 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const chunks = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        expect(await linesOf(chunks)).toEqual(text.split("\n"));
      }),
    );
  });

  it("that are too long are named and not kept, and the next one is read", async () => {
    expect(await linesOf([bytes("x".repeat(60)), bytes(`${"x".repeat(60)}\nnext\n`)])).toEqual([{ tooLong: true }, "next"]);
    expect(await linesOf([bytes("x".repeat(100))])).toEqual(["x".repeat(100)]);
    expect(await linesOf([bytes("x".repeat(101))])).toEqual([{ tooLong: true }]);
  });

  it("are handed on before the stream ends", async () => {
    async function* endless() {
      for (;;) yield bytes("a\nb");
    }
    const first = await boundedLines(endless(), 100).next();
    expect(first.value).toEqual(["a"]);
  });
});
