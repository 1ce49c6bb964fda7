import { expect, test } from "vitest";
import { plain } from "../../src/model/text.js";
import type { Review } from "../../src/model/verdict.js";
import { compared, configuration, notes } from "../../src/report/compared.js";
import { actionRequired, blocked, open, unconfigured, waiting } from "./reviews.js";

const lines = (review: Review): readonly string[] => compared(review).map(plain);

test("names head, merge base and base, the runs, and the baseline with its distance", () => {
  expect(lines(blocked)).toEqual([
    "Head 5f0c2b1 compared with its merge base c0ffee0; main is at 0a1b2c3.",
    "Measured: 6 result files from 3 workflow runs of this head (run 901, run 902, run 903 (attempt 2)).",
    "Baseline: the results of deadbee, 3 commits before the merge base.",
    "Benchmarks: 2 regressions, 1 improvement, 1 without a change, 2 inconclusive, 1 new, 1 missing.",
  ]);
});

test("says when the baseline is the merge base itself", () => {
  expect(lines(open)[2]).toBe("Baseline: the results of the merge base c0ffee0.");
});

test("says when there is no baseline, and counts files that no run produced", () => {
  expect(lines(unconfigured).slice(1)).toEqual([
    "Measured: 1 result file of this head.",
    "Baseline: none, no results of the merge base or its ancestors are known.",
  ]);
});

test("says when nothing was measured", () => {
  expect(lines(waiting)[1]).toBe("Measured: nothing, no result file of this head was found.");
});

test("of many runs five are named", () => {
  const evidence = Array.from({ length: 8 }, (_, id) => ({
    kind: "results" as const,
    source: "a",
    run: { id, attempt: 1, url: "u" },
    n: 1,
  }));
  expect(lines({ ...open, evidence })[1]).toBe(
    "Measured: 8 result files from 8 workflow runs of this head (run 0, run 1, run 2, run 3, run 4 and 3 more).",
  );
});

test("notes say what is awaited, what was not looked at, and a changed configuration", () => {
  expect(notes(open)).toEqual([]);
  expect(notes(waiting).map(plain)).toEqual([
    "⏳ Waiting for CI evidence until 2026-11-23 22:04 UTC: no load-test result of this head has arrived.",
  ]);
  expect(notes(blocked).map(plain)).toEqual(["⚠️ This pull request changes .github/redline.yml. The change applies after the merge."]);
  const partial = { ...open, snapshot: { ...open.snapshot, incomplete: "3,000 files at most" } };
  expect(notes(partial).map(plain)).toEqual(["⚠️ Not every changed file could be looked at: 3,000 files at most."]);
});

test.each([
  [open, "Configuration: .github/redline.yml at the tip of main."],
  [actionRequired, "Configuration: .github/redline.yml at the tip of main, which is not valid."],
  [unconfigured, "Configuration: no .github/redline.yml at main, so the defaults apply and nothing is blocked."],
])("the configuration's state is said", (review, sentence) => {
  expect(plain(configuration(review))).toBe(sentence);
});
