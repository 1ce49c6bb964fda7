import { expect, test } from "vitest";
import { plain, text } from "../../src/model/text.js";
import type { Review } from "../../src/model/verdict.js";
import { sections } from "../../src/report/sections.js";
import { actionRequired, blocked, open, overridden, waiting } from "./reviews.js";

const titles = (review: Review): readonly string[] => sections(review).map(({ title }) => plain(title));

test("the most important come first, what was looked at last, and empty ones are left out", () => {
  expect(titles(overridden).slice(0, 4)).toEqual(["Override", "Budgets exceeded", "Benchmarks that regressed", "Findings"]);
  expect(titles(overridden).at(-1)).toBe("What this review looked at");
  expect(titles(open)).toEqual([
    "1 improvement",
    "2 limits kept",
    "1 comparison without a sign of a regression",
    "What this review looked at",
  ]);
});

test("open sections stand before folded ones", () => {
  const folded = sections(blocked).map((section) => section.folded);
  expect(folded).toEqual([...folded].sort());
});

test("several gaps are listed, one is said by the headline, and broken files by their own section", () => {
  const violations = [text`no k6 result`, text`no benchmark result`];
  expect(titles({ ...waiting, verdict: { ...waiting.verdict, violations } })).toContain("Missing before this can be judged");
  expect(titles(waiting)).not.toContain("Missing before this can be judged");
  expect(titles(actionRequired)).not.toContain("Missing before this can be judged");
});
