import fc from "fast-check";
import { expect, test } from "vitest";
import { columns, table, wrapped } from "../../src/report/terminal-layout.js";

test.each([
  ["abc", 3],
  ["✅ ok", 5],
  ["⚠️ risk", 7],
  ["日本", 4],
  ["é".normalize("NFD"), 1],
])("%s takes %i columns", (line, width) => {
  expect(columns(line)).toBe(width);
});

test("breaks at spaces and indents what follows", () => {
  expect(wrapped("one two three four", 9, "- ", "  ")).toEqual(["- one two", "  three", "  four"]);
});

test("a word that is too long keeps a line of its own", () => {
  expect(wrapped("a bbbbbbbbbbbb c", 5, "", "")).toEqual(["a", "bbbbbbbbbbbb", "c"]);
});

test("no word is lost and no line is longer than it must be", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), fc.integer({ min: 10, max: 40 }), (words, width) => {
      const lines = wrapped(words.join(" "), width, "", "");
      expect(lines.join(" ")).toBe(words.join(" "));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});

test("columns are as wide as their widest cell", () => {
  expect(
    table([
      ["Name", "Value"],
      ["a", "1"],
      ["longer", ""],
    ]),
  ).toEqual(["  Name    Value", "  a       1", "  longer"]);
});
