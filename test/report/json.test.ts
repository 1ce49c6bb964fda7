import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { reviewSchema, toJson } from "../../src/report/json.js";
import { cases, infected, taking } from "./hostile.js";
import { jsonDocs } from "./json-docs.js";
import { actionRequired, all, blocked, budgets, open, overridden, refused, unconfigured } from "./reviews.js";

const printed = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
const example = toJson({
  ...open,
  comparisons: open.comparisons.slice(0, 1),
  budgets: budgets.slice(0, 1),
  checklist: open.checklist.slice(-2),
});

test("docs/review.schema.json is the schema of the code", async () => {
  await expect(printed(reviewSchema())).toMatchFileSnapshot("../../docs/review.schema.json");
});

test("docs/json.md lists every field of the schema", async () => {
  await expect(jsonDocs(reviewSchema(), example)).toMatchFileSnapshot("../../docs/json.md");
});

test.each(Object.entries(all))("the JSON of a review that is %s", async (name, review) => {
  await expect(printed(toJson(review))).toMatchFileSnapshot(`../fixtures/report/json/${name}.json`);
});

test("has the fields of version 1", () => {
  expect(Object.keys(toJson(blocked))).toEqual([
    "version",
    "advisory",
    "base",
    "mergeBase",
    "head",
    "conclusion",
    "title",
    "checklist",
    "findings",
    "comparisons",
    "baseline",
    "comparability",
    "budgets",
    "evidence",
    "problems",
    "plans",
    "runtime",
    "planning",
    "override",
  ]);
});

test("every review keeps to the published schema, whatever strangers write", () => {
  const valid = new Ajv2020().compile(reviewSchema());
  const next = taking(cases(500));
  for (const review of Object.values(all)) {
    for (const each of [review, infected(review, next)]) {
      expect(valid(JSON.parse(JSON.stringify(toJson(each)))), JSON.stringify(valid.errors)).toBe(true);
    }
  }
});

test("absent figures are null, and foreign text stands as it was written", () => {
  const { budgets: judged, comparisons, findings } = toJson(blocked);
  expect(judged.at(-1)).toMatchObject({ endpoint: "/api/admin/{id}", actual: null, headroom: null, decision: "no-data", values: [] });
  expect(comparisons.at(-1)).toMatchObject({ decision: "missing", candidate: null, change: null, visible: null });
  expect(findings.find(({ rule }) => rule.startsWith("budgets/"))).toMatchObject({ path: null, line: null, endLine: null });
  expect(findings.find(({ rule }) => rule.endsWith("wildcard"))?.message).toBe("LIKE %' || $1 || '% cannot use a b-tree index");
});

test("an override says what it covers, a refused one why", () => {
  expect(toJson(overridden).override).toMatchObject({ status: "granted", team: "perf-team", reason: null });
  expect(toJson(overridden).override?.covers).toHaveLength(3);
  expect(toJson(refused).override).toMatchObject({
    status: "refused",
    team: null,
    covers: [],
    reason: "mallory is the author of this pull request",
  });
  expect(toJson(unconfigured).override).toBeNull();
});

test("problems carry file, line and remedy", () => {
  expect(toJson(actionRequired).problems[0]).toEqual({
    level: "error",
    code: "config-invalid",
    file: ".github/redline.yml",
    line: 4,
    message: "latency_p99 is 200 apples, which is no duration",
    remedy: "Write a number with its unit, such as `200ms`.",
  });
});

test("a figure that is not finite is an error, not null", () => {
  expect(() => toJson({ ...blocked, budgets: [{ ...budgets[0]!, actual: Number.NaN }] })).toThrow();
});
