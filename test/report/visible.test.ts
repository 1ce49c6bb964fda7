import fc from "fast-check";
import { expect, test } from "vitest";
import { visible } from "../../src/report/visible.js";
import { hostile } from "./hostile.js";

test.each([
  ["GET /api/checkout", "GET /api/checkout"],
  ["日本語 naïve", "日本語 naïve"],
  ["", "(empty)"],
  ["   ", "(empty)"],
  ["a\r\nb\nc\rd\u2028e", "a⏎b⏎c⏎d⏎e"],
  ["a\tb\u0000\u001B[31m", "aU+0009bU+0000U+001B[31m"],
  ["\u009B31m", "U+009B31m"],
  ["\u202Eabc\u2066", "U+202EabcU+2066"],
  ["zero\u200Bwidth\uFEFF", "zeroU+200BwidthU+FEFF"],
  ["a\uD800b", "aU+D800b"],
  ["\u00A0", "U+00A0"],
  ["\u{E0041}", "U+E0041"],
  ["\u3164", "U+3164"],
])("shows %j as %s", (foreign, shown) => {
  expect(visible(foreign)).toBe(shown);
});

test("clips at 120 graphemes, not in the middle of one", () => {
  expect(visible("a".repeat(120))).toBe("a".repeat(120));
  expect(visible("a".repeat(121))).toBe(`${"a".repeat(120)}…`);
  expect(visible("é".normalize("NFD").repeat(121))).toBe(`${"é".normalize("NFD").repeat(120)}…`);
});

test("clips a pile of combining marks, and 10,000 characters", () => {
  expect(visible(`a${"\u0301".repeat(1000)}`)).toBe("…");
  expect(visible("x".repeat(10_000))).toBe(`${"x".repeat(120)}…`);
});

test("never shows anything that cannot be seen, on one line of at most 241 units", () => {
  fc.assert(
    fc.property(hostile, (foreign) => {
      const shown = visible(foreign);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThanOrEqual(241);
    }),
  );
});
