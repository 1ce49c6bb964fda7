import { describe, expect, test } from "vitest";
import { disguise, gather, withoutMark } from "../../src/formats/bytes.js";
import { stream } from "./reading.js";

const bytes = (...values: number[]) => new Uint8Array(values);

describe("gathering a stream", () => {
  test("joins the chunks in their order", async () => {
    expect(await gather(stream(bytes(1, 2, 3, 4, 5), 2))).toEqual(bytes(1, 2, 3, 4, 5));
  });

  test("an error of the stream passes through", async () => {
    async function* failing(): AsyncIterable<Uint8Array> {
      yield bytes(1);
      throw new Error("connection reset");
    }
    await expect(gather(failing())).rejects.toThrow("connection reset");
  });
});

describe("the first bytes", () => {
  test("a UTF-8 byte order mark is taken off, and only that", () => {
    expect(withoutMark(bytes(0xef, 0xbb, 0xbf, 0x7b))).toEqual(bytes(0x7b));
    expect(withoutMark(bytes(0xef, 0xbb, 0x7b))).toEqual(bytes(0xef, 0xbb, 0x7b));
    expect(withoutMark(bytes())).toEqual(bytes());
  });

  test.each([
    ["utf-16le", [0xff, 0xfe, 0x7b, 0]],
    ["utf-16le", [0x7b, 0, 0x7d, 0]],
    ["utf-16be", [0xfe, 0xff, 0, 0x7b]],
    ["utf-16be", [0, 0x7b, 0, 0x7d]],
    ["binary", [0x7b, 0, 0x7d, 0x7d]],
    ["zip", [0x50, 0x4b, 3, 4, 20]],
    ["gzip", [0x1f, 0x8b, 8]],
    ["binary", [0x7f, 0x45, 0x4c, 0x46, 1, 0]],
  ])("tell %s from text", (expected, values) => {
    expect(disguise(bytes(...values))).toBe(expected);
  });

  test("say nothing against UTF-8 text, however short", () => {
    for (const text of ["", "{", "{}", "é", '{"a": 1}']) expect(disguise(new TextEncoder().encode(text))).toBeUndefined();
  });
});
