import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fields, numeric, peek, readJson, shaped } from "../../src/formats/json.js";
import { FormatError } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { bytesOf, stream } from "./reading.js";

const parse = (source: string | Uint8Array) => readJson(stream(bytesOf(source)));

async function refusal(source: string | Uint8Array): Promise<{ code: string; line: number | undefined; sentence: string }> {
  try {
    await parse(source);
  } catch (error) {
    if (error instanceof FormatError) return { code: error.code, line: error.line, sentence: plain(error.sentence) };
    throw error;
  }
  throw new Error("was read");
}

describe("reading JSON", () => {
  test("property: what was written is read", async () => {
    const container = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(container, fc.integer({ min: 1, max: 50 }), async (value, size) => {
        const source = JSON.stringify(value);
        expect(await readJson(stream(bytesOf(source), size))).toEqual(JSON.parse(source));
      }),
    );
  });

  test("bare NaN and Infinity read as null", async () => {
    expect(await parse('{"min": NaN, "max": -Infinity}')).toEqual({ min: null, max: null });
  });

  test("a file that ends in the middle is truncated, and the line is told", async () => {
    expect(await refusal('{\n"a": [1,\n2')).toEqual({ code: "truncated", line: 3, sentence: "the file ends in the middle, at line 3" });
    expect(await refusal('{"a": "not clos')).toMatchObject({ code: "truncated", line: 1 });
  });

  test("several values in one file are refused, never the first taken", async () => {
    expect(await refusal('{"a": 1}\n{"a": 2}\n')).toMatchObject({ code: "several-values", line: 1 });
  });

  test("white space behind the value is fine", async () => {
    expect(await parse('{"a": 1}\r\n\n')).toEqual({ a: 1 });
  });

  test("a syntax error tells its line", async () => {
    expect(await refusal('{\n"a": 1,\n"b" 2\n}')).toEqual({ code: "not-json", line: 3, sentence: "the file is not valid JSON at line 3" });
  });

  test("a thousand levels are read, one more is refused before anything is built", async () => {
    await expect(parse("[".repeat(1_000) + "]".repeat(1_000))).resolves.toBeDefined();
    expect(await refusal("[".repeat(1_001) + "]".repeat(1_001))).toMatchObject({ code: "too-deep" });
  });

  test("more values than any result has are refused", async () => {
    expect(await refusal(`[${"0,".repeat(3_000_001)}0]`)).toMatchObject({ code: "too-many" });
  });

  test("bytes that are not UTF-8 are refused", async () => {
    expect(await refusal(new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x7d]))).toMatchObject({ code: "not-utf-8" });
  });
});

describe("peeking into the head of a file", () => {
  test("sees what is complete of a cut value", () => {
    expect(peek(bytesOf('{"metrics": {"a": {"x": 1}, "b": {"y": "cut'))).toEqual({ metrics: { a: { x: 1 }, b: {} } });
  });

  test("sees the first of several values", () => {
    expect(peek(bytesOf('{"type":"Metric"}\n{"type":"Point"}'))).toEqual({ type: "Metric" });
  });

  test("sees past a byte order mark, a bare NaN and a cut character", () => {
    expect(peek(new Uint8Array([0xef, 0xbb, 0xbf, 0x5b, 0x31, 0x2c, 0x22, 0xc3]))).toEqual([1]);
    expect(peek(bytesOf('{"min": NaN, "max": 2, "x'))).toEqual({ min: null, max: 2 });
  });

  test("sees no JSON in other text", () => {
    for (const source of ["", "hello", "<html>", "]", "{]", "a,b,c\n1,2,3"]) expect(peek(bytesOf(source))).toBeUndefined();
  });

  test("property: never throws", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void peek(bytes)));
  });
});

describe("shapes", () => {
  const shape = z.looseObject({ stats: z.array(z.looseObject({ min: z.number() })) });

  test("unknown keys are allowed", () => {
    expect(shaped(shape, { stats: [{ min: 1, extra: true }], more: 1 }, "a tool")).toEqual({ stats: [{ min: 1, extra: true }], more: 1 });
  });

  test("the first place that differs is named", () => {
    try {
      shaped(shape, { stats: [{ min: 1 }, { min: "x" }] }, "a tool");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      expect(error instanceof FormatError && plain(error.sentence)).toContain("at stats.1.min, Invalid input: expected number");
    }
  });

  test("a value that is not there is said to be missing", () => {
    try {
      shaped(shape, {}, "a tool");
      expect.unreachable();
    } catch (error) {
      expect(error instanceof FormatError && plain(error.sentence)).toContain("at stats, nothing where a value is expected");
    }
  });

  test("the top level has a name too", () => {
    expect(() => shaped(shape, [], "a tool")).toThrow(FormatError);
  });

  test("only objects have fields", () => {
    expect(fields({ a: 1 })).toEqual({ a: 1 });
    for (const other of [null, undefined, [1], "text", 5]) expect(fields(other)).toEqual({});
  });

  test("only numbers are numbers", () => {
    expect(numeric(0.5)).toBe(0.5);
    for (const other of ["NaN", "1", null, undefined, [], {}, true]) expect(numeric(other)).toBeNaN();
  });
});
