import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longest, matchesGlob, ownersGlobs } from "../../src/config/glob.js";

const matching: readonly (readonly [string, string])[] = [
  ["redline*", "redline-results"],
  ["*benchmark*", "my-benchmark-3"],
  ["*.sql", "a.sql"],
  ["src/*/queries.ts", "src/orders/queries.ts"],
  ["**/migrations/*.sql", "db/migrations/1.sql"],
  ["**/migrations/*.sql", "migrations/1.sql"],
  ["src/**", "src/a/b/c.ts"],
  ["src/**/*.ts", "src/a.ts"],
  ["v?.sql", "v1.sql"],
  ["**", "any/thing"],
  ["", ""],
  ["a**b", "axxb"],
  ["**/a/**/b", "x/a/a/y/z/b"],
  ["{a,b}", "{a,b}"],
  ["[ab].(c|d)+$", "[ab].(c|d)+$"],
];

const differing: readonly (readonly [string, string])[] = [
  ["*.sql", "db/a.sql"],
  ["src/*", "src/a/b"],
  ["src/**/b.ts", "src/a.ts"],
  ["v?.sql", "v10.sql"],
  ["v?.sql", "v/.sql"],
  ["*.SQL", "a.sql"],
  ["a**b", "a/b"],
  ["src", "src/a"],
  ["{a,b}", "a"],
  ["a.c", "abc"],
  ["?", ""],
];

/** The definition, written as plainly as possible and as slow as it may be: the yardstick of the real one. */
function matchesByDefinition(pattern: string, path: string): boolean {
  const segment = (p: string, s: string): boolean =>
    p === ""
      ? s === ""
      : p.startsWith("*")
        ? segment(p.slice(1), s) || (s !== "" && segment(p, s.slice(1)))
        : s !== "" && (p[0] === "?" || p[0] === s[0]) && segment(p.slice(1), s.slice(1));
  const segments = (ps: readonly string[], ss: readonly string[]): boolean =>
    ps.length === 0
      ? ss.length === 0
      : ps[0] === "**"
        ? segments(ps.slice(1), ss) || (ss.length > 0 && segments(ps, ss.slice(1)))
        : ss.length > 0 && segment(ps[0] ?? "", ss[0] ?? "") && segments(ps.slice(1), ss.slice(1));
  return segments(pattern.split("/"), path.split("/"));
}

const from = (alphabet: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((parts) => parts.join(""));

describe("matchesGlob", () => {
  it.each(matching)("%j matches %j", (pattern, path) => expect(matchesGlob(pattern, path)).toBe(true));

  it.each(differing)("%j does not match %j", (pattern, path) => expect(matchesGlob(pattern, path)).toBe(false));

  it("agrees with the recursive definition on every small pattern and path", () => {
    const pattern = from(["a", "b", "*", "**", "**/", "?", "/"], 7);
    const path = from(["a", "b", "/"], 9);
    fc.assert(
      fc.property(pattern, path, (p, s) => {
        expect(matchesGlob(p, s)).toBe(matchesByDefinition(p, s));
      }),
      { numRuns: 3000 },
    );
  });

  it("takes any text literally that has no wildcard in it", () => {
    const literal = fc.string({ maxLength: 60 }).filter((value) => !/[*?]/u.test(value));
    fc.assert(fc.property(literal, literal, (a, b) => matchesGlob(a, a) && matchesGlob(a, b) === (a === b)));
  });

  const hostile: readonly (readonly [string, string])[] = [
    ["**/".repeat(50), "a/".repeat(2000)],
    [`${"**/*a*/".repeat(20)}b`, "aaaa/".repeat(800)],
    [`*${"a".repeat(150)}b`, "a".repeat(4000)],
    [`*a${"?".repeat(150)}b`, "a".repeat(4000)],
    [`${"*a".repeat(70)}b`, "a".repeat(4000)],
    [`${"?*".repeat(70)}b`, "a".repeat(4000)],
  ];

  it.each(hostile)("answers %s within pattern × path steps, where trying every combination would never end (C05)", (pattern, path) => {
    expect(matchesGlob(pattern, `${path}c`)).toBe(false);
  });

  it("matches nothing against a path longer than any file system holds, or with a pattern nobody writes (C05)", () => {
    expect(matchesGlob("**", "a".repeat(longest.path))).toBe(true);
    expect(matchesGlob("**", "a".repeat(longest.path + 1))).toBe(false);
    expect(matchesGlob("*".repeat(longest.pattern), "a")).toBe(true);
    expect(matchesGlob("*".repeat(longest.pattern + 1), "a")).toBe(false);
  });
});

describe("a pattern as in CODEOWNERS", () => {
  const owns = (pattern: string, path: string): boolean => ownersGlobs(pattern).some((glob) => matchesGlob(glob, path));

  it.each([
    ["*.sql", "db/deep/a.sql"],
    ["checkout", "src/checkout/cart.ts"],
    ["checkout/", "src/checkout/cart.ts"],
    ["/src/checkout/", "src/checkout/deep/cart.ts"],
    ["src/checkout", "src/checkout/cart.ts"],
    ["src/checkout/**", "src/checkout/deep/cart.ts"],
    ["/src/*.ts", "src/a.ts"],
    ["**/cart.ts", "cart.ts"],
  ])("%s owns %s", (pattern, path) => expect(owns(pattern, path)).toBe(true));

  it.each([
    ["/checkout/", "src/checkout/cart.ts"],
    ["src/checkout", "lib/src/checkout/cart.ts"],
    ["docs/*", "docs/deep/a.md"],
    ["check", "src/checkout/cart.ts"],
  ])("%s does not own %s", (pattern, path) => expect(owns(pattern, path)).toBe(false));
});
