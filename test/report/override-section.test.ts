import { expect, test } from "vitest";
import { plain, text } from "../../src/model/text.js";
import type { Override } from "../../src/model/verdict.js";
import { overrideSection } from "../../src/report/override-section.js";
import { HEAD, overridden, refused } from "./reviews.js";

const lines = (override: Override | undefined) => overrideSection(override ? { override } : {}).rows.map((row) => plain(row[0]!));

test("a granted one says who, when, for which commit and what it covers", () => {
  expect(lines(overridden.verdict.override)).toEqual([
    "✅ Granted: alice put the label perf-override on 2026-11-23 21:30 UTC for 5f0c2b1, as a member of perf-team. It ends with the next push and covers only what is listed here.",
    "/api/checkout latency_p99 231 ms is over its budget of 200 ms",
    "tests/test_cart.py::test_checkout is +32.5 % slower",
    "CREATE INDEX on orders (2,100,000 rows) blocks every write until it is built",
  ]);
});

test("a refused one says why it opens nothing", () => {
  expect(lines(refused.verdict.override)).toEqual([
    "❌ Refused: mallory put the label perf-override on 2026-11-23 21:30 UTC for 5f0c2b1. It opens nothing: mallory is the author of this pull request.",
  ]);
});

test("a void one says why it holds no longer, and an unknown time is left out", () => {
  const gone = { status: "void", by: "alice", at: "", sha: HEAD, label: "perf-override", reason: text`a new head was pushed` } as const;
  expect(lines(gone)).toEqual([
    "⚠️ No longer valid: alice put the label perf-override for 5f0c2b1. It ended because a new head was pushed.",
  ]);
});

test("there is nothing to say when nobody asked", () => {
  expect(lines(undefined)).toEqual([]);
});
