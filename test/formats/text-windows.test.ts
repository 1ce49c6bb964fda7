import fc from "fast-check";
import { expect, it } from "vitest";
import { textWindows } from "../../src/formats/text-windows.js";
import { stream } from "./reading.js";

async function read(bytes: Uint8Array, size: number): Promise<string> {
  let text = "";
  for await (const piece of textWindows(stream(bytes, size))) text += piece;
  return text;
}

it("cuts no character, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
      expect(await read(new TextEncoder().encode(text), size)).toBe(text);
    }),
    { numRuns: 200 },
  );
});

it("goes on over bytes that are no UTF-8", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (bytes, size) => {
      expect((await read(bytes, size)).length).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 200 },
  );
});
