import { expect, test } from "vitest";
import { plain } from "../../src/model/text.js";
import { brokenEvidence, evidenceList, problemsNoted } from "../../src/report/evidence-sections.js";
import { actionRequired, blocked } from "./reviews.js";

test("errors are open, with file, line and remedy", () => {
  const section = brokenEvidence(actionRequired);
  expect(section).toMatchObject({ folded: false, anchor: "configuration-invalid" });
  expect(section.rows.map((row) => row.map(plain))).toEqual([
    ["❌ .github/redline.yml:4: latency_p99 is 200 apples, which is no duration", "Write a number with its unit, such as `200ms`."],
    ["❌ .github/redline.yml:2: endpoint is no known key", "Did you mean `endpoints`?"],
  ]);
});

test("a broken result file has a guide of its own", () => {
  expect(brokenEvidence(blocked)).toMatchObject({ anchor: "evidence-broken", rows: [] });
});

test("warnings are folded, and need neither file nor remedy", () => {
  const section = problemsNoted([...blocked.problems, { level: "warning", code: "late", message: ["late"] }]);
  expect(plain(section.title)).toBe("2 problems with the evidence");
  expect(section.folded).toBe(true);
  expect(section.rows.map((row) => row.map(plain))).toEqual([
    ["⚠️ redline-results/notes.txt: not read: no known format", "Name it under formats, or leave it out of the artifact."],
    ["⚠️ late"],
  ]);
});

test("the evidence is listed with counts and runs", () => {
  const rows = evidenceList(blocked.evidence).rows.map((row) => row.map(plain));
  expect(rows[0]).toEqual(["files", "the pull request's changes", "4 changed files", ""]);
  expect(rows[1]).toEqual(["statements", "db/migrate/0042_orders_by_customer.sql", "2 statements", ""]);
  expect(rows[3]).toEqual(["results", "redline-results/k6.json", "5 measurements", "run 901"]);
  expect(rows.at(-1)).toEqual(["history", "runs on the default branch", "24 earlier runs", ""]);
});
