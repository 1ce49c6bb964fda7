import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/source/decode.js";
import type { Writing } from "../../src/source/literal.js";
import { sourceOffset, TextMapper } from "../../src/source/mapped-text.js";

const BACKSLASH: Writing = { escapes: "backslash", doubled: "", braces: false };

function decoded(raw: string, writing: Writing = BACKSLASH, start = 0) {
  const mapper = new TextMapper();
  decode(raw, start, writing, mapper);
  return mapper.mapped();
}

describe("decode", () => {
  it.each<[string, string, string, Partial<Writing>]>([
    ["the escapes of C", String.raw`a\n\t\\b\'\"\x41\u0042\U00000043\u{44}\101`, "a\n\t\\b'\"ABCDA", {}],
    ["a newline that is escaped", "a\\\n  b", "a  b", {}],
    ["the indent behind one, in Rust", "a \\\n   b", "a b", { escapes: "trimmed" }],
    ["nothing, where nothing is escaped", String.raw`a\n{{`, String.raw`a\n{{`, { escapes: "none" }],
    ["only quotes and backslashes", String.raw`a\n\'\\`, String.raw`a\n'` + "\\", { escapes: "quote" }],
    ["quotes written twice", 'a ""b"" \\""', 'a "b" \\"', { escapes: "none", doubled: '"' }],
    ["braces written twice", "{{a}}", "{a}", { braces: true }],
    ["no SQL quote written twice", "'it''s'", "'it''s'", {}],
    ["a point beyond Unicode", String.raw`\U0F000000`, "\uFFFD", {}],
  ])("reads %s", (_, raw, expected, writing) => {
    expect(decoded(raw, { ...BACKSLASH, ...writing }).text).toBe(expected);
  });

  it("maps every character that was not escaped to the one that it was", () => {
    const writings: Writing[] = [BACKSLASH, { ...BACKSLASH, escapes: "none", doubled: '"' }, { ...BACKSLASH, braces: true }];
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."ab\\n\"'{}\nu00é😀") }),
        fc.nat(50),
        fc.constantFrom(...writings),
        (raw, start, writing) => {
          const { text, segments } = decoded(raw, writing, start);
          let previous = -1;
          for (let at = 0; at < text.length; at += 1) {
            const source = sourceOffset(segments, at);
            const segment = segments.findLast((candidate) => candidate.at <= at);
            if (segment?.fixed === false) expect(raw[source - start]).toBe(text[at]);
            expect(source).toBeGreaterThanOrEqual(previous);
            previous = source;
          }
        },
      ),
    );
  });
});
