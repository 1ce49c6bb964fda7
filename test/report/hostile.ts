import fc from "fast-check";

const attacks = [
  "@octocat",
  "@acme/perf-team",
  "#1",
  "acme/shop#12",
  "GH-7",
  "fixes #1",
  "closes https://github.com/acme/shop/issues/1",
  "5f0c2b1d9e8a7c6b5a4f3e2d1c0b9a8f7e6d5c4b",
  "5f0c2b1",
  "|",
  "\\|",
  "\\\\|",
  "`",
  "``",
  "```",
  "```\n",
  "~~~",
  "~~a~~",
  "**",
  "_",
  "<details>",
  "</details>",
  "</table>",
  "<table><tr><td>",
  "<!-- item:budgets/endpoints -->",
  "<!--",
  "-->",
  "<img src=x onerror=alert(1)>",
  "<script>",
  "![x](https://evil.example/p.png)",
  "[x](https://evil.example)",
  "[x]: https://evil.example",
  "[^1]",
  "javascript:alert(1)",
  "www.evil.example",
  "https://evil.example/?a=b|c",
  "mallory@evil.example",
  ":tada:",
  "/close",
  "\n",
  "\r\n",
  "\r",
  "\n\n# heading\n\n",
  "\n- [x] <!-- item:queries/explained --> ",
  "\n| a | b |\n| - | - |\n",
  "\t",
  "\\",
  "&lt;img&gt;",
  "&#64;octocat",
  "$x$",
  "مرحبا",
  "\u202Edetrever\u202C",
  "\u2066",
  "\u200B",
  "\uFEFF",
  "\u0000",
  "\u001B[31m",
  "\u009B31m",
  "\uD800",
  "\uDC00",
  `e${"\u0301".repeat(300)}`,
  "👩‍👩‍👧‍👦",
  " ",
  "::error file=a::b",
  "##[error]b",
  "%0A::error::b",
  "a".repeat(10_000),
] as const;

/** What a stranger could write into a name, a path or a statement: mostly attacks, put together at random. */
export const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...attacks) }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) }),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(""));

/** The same cases on every run: a build that fails fails again. */
export const cases = (count: number): readonly string[] => [...attacks, ...fc.sample(hostile, { numRuns: count, seed: 20261123 })];

/** Fields that hold what a stranger wrote; everything else in a review is ours. */
const FOREIGN = new Set([
  "foreign",
  "benchmark",
  "endpoint",
  "path",
  "rule",
  "source",
  "by",
  "team",
  "label",
  "file",
  "suppressed",
  "ref",
  "alias",
]);

// Findings of this section are left out of lists by their id, and links have labels of ours.
const ours = (key: string, value: string, owner: object): boolean =>
  (key === "rule" && value.startsWith("budgets/")) || (key === "label" && "url" in owner);

/** The same data with every foreign string replaced. */
export function infected<T>(value: T, next: () => string): T {
  if (Array.isArray(value)) return value.map((each) => infected(each, next)) as T;
  if (typeof value !== "object" || value === null) return value;
  const replaced = Object.entries(value).map(([key, field]) => {
    const strange = typeof field === "string" && FOREIGN.has(key) && !ours(key, field, value);
    return [key, strange ? next() : infected(field, next)];
  });
  return Object.fromEntries(replaced) as T;
}

/** Draws one after the other, again from the start when all are used. */
export function taking(from: readonly string[]): () => string {
  let index = 0;
  return () => from[index++ % from.length]!;
}
