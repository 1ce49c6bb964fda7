import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dialect } from "../../src/model/statements.js";
import { canonical, isTrivia, tokenize } from "../../src/sql/lexer.js";

const DIALECTS: readonly Dialect[] = ["postgresql", "mysql", "mariadb", "sqlite", "transactsql", "bigquery", "snowflake", "redshift"];

const kinds = (sql: string, dialect: Dialect = "postgresql"): readonly string[] =>
  [...tokenize(sql, dialect)]
    .filter((token) => token.kind !== "space")
    .map((token) => `${token.kind} ${sql.slice(token.start, token.end)}`);

// Text made of what opens and closes things, so that the odd cases come up.
const fragments = fc.constantFrom(
  "'",
  '"',
  "`",
  "[",
  "]",
  "$$",
  "$a$",
  "--",
  "/*",
  "*/",
  "/*!40101",
  "#",
  "\\",
  "{{",
  "}}",
  ";",
  "\n",
  " ",
  "E'",
  ":x",
  "@x",
  "?",
  "é",
  "😀",
  "a1",
  "12",
);
const oddSql = fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join(""));

describe("tokenize", () => {
  it("leaves no gap, overlaps nothing and ends at the end, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(oddSql, fc.string()), fc.constantFrom(...DIALECTS), (sql, dialect) => {
        let at = 0;
        for (const token of tokenize(sql, dialect)) {
          expect(token.start).toBe(at);
          expect(token.end).toBeGreaterThan(at);
          at = token.end;
        }
        expect(at).toBe(sql.length);
      }),
    );
  });

  it.each([
    ["doubled quotes", "'it''s' \"a\"\"b\"", ["quoted 'it''s'", 'quoted "a""b"']],
    ["escape strings", "E'it\\'s' 'a\\' b", ["quoted E'it\\'s'", "quoted 'a\\'", "word b"]],
    ["nested comments", "/* a /* b */ c */ d", ["comment /* a /* b */ c */", "word d"]],
    ["dollar quotes, also inside each other", "$a$ $b$ ; $b$ $a$ x", ["quoted $a$ $b$ ; $b$ $a$", "word x"]],
    ["a dollar inside a name", "a$b$ c $1", ["word a$b$", "word c", "punctuation $", "word 1"]],
    [
      "casts, which are no parameters",
      "a::int :b @c <@d",
      ["word a", "punctuation :", "punctuation :", "word int", "parameter :b", "parameter @c", "punctuation <", "punctuation @", "word d"],
    ],
    ["an unclosed quote", "'a; b", ["quoted 'a; b"]],
  ])("reads PostgreSQL's %s", (_, sql, expected) => {
    expect(kinds(sql)).toEqual(expected);
  });

  it.each<[string, Dialect, string, readonly string[]]>([
    [
      "comments",
      "mysql",
      "a # b\nc --d -- e",
      ["word a", "comment # b", "word c", "punctuation -", "punctuation -", "word d", "comment -- e"],
    ],
    ["backslashes", "mysql", "'a\\'b' \"c\\\"d\" `e\\`", ["quoted 'a\\'b'", 'quoted "c\\"d"', "quoted `e\\`"]],
    [
      "executable comments",
      "mysql",
      "/*!40101 DROP x */ 2 */ 3",
      ["marker /*!40101", "word DROP", "word x", "marker */", "word 2", "punctuation *", "punctuation /", "word 3"],
    ],
    ["brackets", "transactsql", "[a]]b] c", ["quoted [a]]b]", "word c"]],
    ["array brackets, which are no quotes", "postgresql", "a[1]", ["word a", "punctuation [", "word 1", "punctuation ]"]],
  ])("reads %s of %s", (_, dialect, sql, expected) => {
    expect(kinds(sql, dialect)).toEqual(expected);
  });
});

describe("canonical", () => {
  it("is equal for texts that differ in layout and comments only", () => {
    expect(canonical("SELECT a, /* b */ 'c  d'\n  FROM t -- e", "postgresql")).toBe(canonical("SELECT a,'c  d' FROM t", "postgresql"));
  });

  it("keeps apart what strings and constants keep apart", () => {
    expect(canonical("SELECT 'a  b'", "postgresql")).not.toBe(canonical("SELECT 'a b'", "postgresql"));
    expect(canonical("SELECT 1 OFFSET 10", "postgresql")).not.toBe(canonical("SELECT 1 OFFSET 5000", "postgresql"));
  });

  it("calls white space and comments trivia, nothing else", () => {
    expect([...tokenize("a -- b", "sqlite")].map(isTrivia)).toEqual([false, true, true]);
  });
});
