import { describe, expect, it } from "vitest";
import { invisibleAt } from "../../src/sql/invisible.js";

describe("invisibleAt", () => {
  it.each([
    ["a name", "SELECT a\u200Bb", 8],
    ["a comment that is written backwards", "SELECT 1 -- \u202E x", 12],
    ["a string that is written backwards", "SELECT '\u2066'", 8],
  ])("finds what hides in %s", (_, sql, at) => expect(invisibleAt(sql, "postgresql")).toBe(at));

  it.each([
    ["plain text", "SELECT 'é😀', \"ü\""],
    ["joiners in a string", "SELECT '👩\u200D👩'"],
    ["a byte order mark at the beginning", "\uFEFFSELECT 1"],
  ])("lets %s be", (_, sql) => expect(invisibleAt(sql, "postgresql")).toBeNull());
});
