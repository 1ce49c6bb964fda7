import { afterAll, describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import type { Review } from "../../src/model/verdict.js";
import { renderCheck } from "../../src/report/check.js";
import { renderComment } from "../../src/report/comment.js";
import { toJson } from "../../src/report/json.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { review } from "../../src/review/review.js";
import { createPlanner } from "../../src/sandbox/planner.js";
import { createSourceReader } from "../../src/sandbox/source.js";
import { createSqlParser } from "../../src/sandbox/sql.js";
import { freshCache } from "../sandbox/planner/fresh-cache.js";
import { sharedPlanner } from "../sandbox/planner/shared-planner.js";
import { goldenNames, goldenSources, pulls } from "./golden-sources.js";

const readSources = createSourceReader();
const readers = { parseSql: createSqlParser(), readSources, readFacts: readSources.facts };
const cache = freshCache();
// A busy machine runs the files of a schema more slowly; only what never ends is to be stopped, and soon.
const patience = (sql: string, leftMs: number): number => (sql.includes("LOOP END LOOP") ? 500 : leftMs);
const planner = sharedPlanner(createPlanner({ cacheDir: cache.folder, jobMs: 120_000, statementMs: 60_000, patience }));
afterAll(() => {
  planner.close();
  cache.remove();
  readers.parseSql.close();
  readers.readSources.close();
});

const run = (name: string): Promise<Review> =>
  review(goldenSources(name, readers, planner), {
    today: "2026-01-05",
    waitUntil: (waitMs) => (name.startsWith("waiting") ? new Date(Date.UTC(2026, 0, 5) + waitMs).toISOString() : null),
    waitingSince: "2026-01-05T00:00:00.000Z",
    onRuleError: (_, error) => {
      throw error;
    },
  });

const reviews = new Map<string, Promise<Review>>();

/** Each is reviewed once for all tests. */
function reviewed(name: string): Promise<Review> {
  const made = reviews.get(name) ?? run(name);
  reviews.set(name, made);
  return made;
}

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
    ["query-without-index", "success"],
    ["index-dropped", "failure"],
    ["migration-locks", "failure"],
    ["sql-not-checked", "success"],
    ["orm-n-plus-one", "failure"],
    ["orm-batched", "success"],
  ])("%s ends in %s", async (name, conclusion) => {
    expect((await reviewed(name)).verdict.conclusion).toBe(conclusion);
  });

  it("SQL that could not be checked is named part by part and counted in the verdict, and the rest is checked", async () => {
    const { verdict, problems, plans, findings } = await reviewed("sql-not-checked");
    expect(plain(verdict.title)).toContain("5 parts of its SQL could not be checked");
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toEqual([
      "clickhouse/migrations/0001_events.sql sql-not-read",
      "queries/access.sql sql-not-parsed",
      "queries/reports.sql sql-not-parsed",
      "src/search.ts sql-not-parsed",
      "migrations/0003_backfill.sql sql-not-run",
    ]);
    expect(plans?.changed.filter(({ state }) => state === "planned")).toHaveLength(4);
    expect(findings.map(({ rule }) => rule)).toContain("queries/predicate-unindexed");
  });

  it("an errors-only run is no data, never a pass", async () => {
    const result = await reviewed("errors-only");
    expect(result.budgets.map(({ decision }) => decision)).not.toContain("pass");
    expect(result.checklist.find(({ item }) => item === "budgets/endpoints")?.outcome.status).toBe("failed");
  });
});
