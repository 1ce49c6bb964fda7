import { afterAll, describe, expect, it } from "vitest";
import type { Review } from "../../src/model/verdict.js";
import { renderCheck } from "../../src/report/check.js";
import { renderComment } from "../../src/report/comment.js";
import { toJson } from "../../src/report/json.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { review } from "../../src/review/review.js";
import { createSourceReader } from "../../src/sandbox/source.js";
import { createSqlParser } from "../../src/sandbox/sql.js";
import { goldenNames, goldenSources, pulls } from "./golden-sources.js";

const readers = { parseSql: createSqlParser(), readSources: createSourceReader() };
afterAll(() => {
  readers.parseSql.close();
  readers.readSources.close();
});

const reviewed = (name: string): Promise<Review> =>
  review(goldenSources(name, readers), {
    today: "2026-01-05",
    waitUntil: (waitMs) => (name.startsWith("waiting") ? new Date(Date.UTC(2026, 0, 5) + waitMs).toISOString() : null),
    onRuleError: (_, error) => {
      throw error;
    },
  });

const answered = (result: Review): number =>
  result.checklist.filter(({ outcome }) => outcome.status === "passed" || outcome.status === "failed").length;

describe("golden pull requests", () => {
  it.each(goldenNames())("%s is reviewed as before, byte for byte", async (name) => {
    const result = await reviewed(name);
    const expected = `${pulls}/${name}/expected`;
    const options = { marker: "<!-- redline -->", docsUrl: "https://github.com/acme/redline/blob/main/docs" };
    await expect(renderComment(result, options)).toMatchFileSnapshot(`${expected}/comment.md`);
    await expect(JSON.stringify(toJson(result), null, 2)).toMatchFileSnapshot(`${expected}/review.json`);
    await expect(JSON.stringify(renderCheck(result, options), null, 2)).toMatchFileSnapshot(`${expected}/check.json`);
    await expect(renderTerminal(result, { color: false })).toMatchFileSnapshot(`${expected}/terminal.txt`);
  });

  it.each(["over-budget", "within-budget"])("%s has at least 6 of its 14 lines answered passed or failed", async (name) => {
    const result = await reviewed(name);
    expect(result.checklist).toHaveLength(14);
    expect(answered(result)).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ["over-budget", "failure"],
    ["within-budget", "success"],
    ["overridden", "success"],
    ["docs-only", "success"],
    ["no-configuration", "success"],
    ["errors-only", "failure"],
    ["invalid-configuration", "action_required"],
    ["waiting-for-results", "action_required"],
    ["paired-regression", "failure"],
    ["paired-unchanged", "success"],
    ["suite-shift", "success"],
    ["all-inconclusive", "success"],
  ])("%s ends in %s", async (name, conclusion) => {
    expect((await reviewed(name)).verdict.conclusion).toBe(conclusion);
  });

  it("an errors-only run is no data, never a pass", async () => {
    const result = await reviewed("errors-only");
    expect(result.budgets.map(({ decision }) => decision)).not.toContain("pass");
    expect(result.checklist.find(({ item }) => item === "budgets/endpoints")?.outcome.status).toBe("failed");
  });
});
