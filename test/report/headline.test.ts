import { expect, test } from "vitest";
import { plain, text } from "../../src/model/text.js";
import type { Verdict } from "../../src/model/verdict.js";
import { headline, headlineAnchor, mood, title } from "../../src/report/headline.js";
import { actionRequired, advisory, blocked, open, overridden, unconfigured, waiting } from "./reviews.js";

const said = (change: Partial<Verdict>): string => plain(headline({ ...open.verdict, ...change }));

test.each([
  ["open", open],
  ["open", unconfigured],
  ["warned", advisory],
  ["warned", overridden],
  ["closed", blocked],
  ["closed", actionRequired],
  ["waiting", waiting],
] as const)("is %s", (expected, { verdict }) => {
  expect(mood(verdict)).toBe(expected);
});

test("verdict and action are joined as sentences", () => {
  expect(said({ title: text`Over`, action: text`Mend it.` })).toBe("Over. Mend it.");
  expect(said({ title: text`Over!`, action: text`Mend it.` })).toBe("Over! Mend it.");
  expect(said({ title: text`Over`, action: [] })).toBe("Over");
});

test("our first word starts with a capital, a stranger's is left alone", () => {
  expect(said({ title: text`no result of this head` })).toBe("No result of this head");
  expect(said({ title: text`latency_p99 is over` })).toBe("latency_p99 is over");
  expect(said({ title: text`${"get /a"} is over` })).toBe("get /a is over");
  expect(said({ title: [] })).toBe("");
});

test("an advisory verdict says so once", () => {
  const verdict = { ...open.verdict, advisory: true };
  expect(plain(title({ ...verdict, title: text`1 warning` }))).toBe("advisory: 1 warning");
  expect(plain(title({ ...verdict, title: text`advisory: 1 warning` }))).toBe("advisory: 1 warning");
});

test.each([
  ["budget-exceeded", blocked],
  ["regression", { ...blocked, budgets: [] }],
  ["blocking-finding", { ...blocked, budgets: [], comparisons: [] }],
  ["evidence-missing", waiting],
  ["configuration-invalid", actionRequired],
  [null, open],
] as const)("the guide for the verdict is %s", (anchor, review) => {
  expect(headlineAnchor(review)).toBe(anchor);
});
