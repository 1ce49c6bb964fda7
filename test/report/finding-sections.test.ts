import { expect, test } from "vitest";
import type { Finding } from "../../src/model/rule.js";
import { plain, text } from "../../src/model/text.js";
import { findingsToMend, otherFindings } from "../../src/report/finding-sections.js";
import { blocked } from "./reviews.js";

const finding = (rule: string, change: Partial<Finding>): Finding => ({
  rule,
  severity: "warning",
  message: text`seen`,
  help: text`do this`,
  at: { path: "a.sql", line: 1 },
  ...change,
});

const open = (findings: readonly Finding[]) => findingsToMend({ ...blocked, findings }).rows.map((row) => plain(row[0]!));
const folded = (findings: readonly Finding[]) =>
  otherFindings({ ...blocked, findings }).map(({ title, rows }) => [plain(title), ...rows.map((row) => plain(row[0]!))]);

test("blocking findings come before warnings, and the order of the source is kept", () => {
  const findings = ["w1", "B1", "w2", "B2"].map((rule) => finding(rule, { severity: rule.startsWith("B") ? "blocking" : "warning" }));
  expect(open(findings)).toEqual(["❌ a.sql:1 seen (B1)", "❌ a.sql:1 seen (B2)", "⚠️ a.sql:1 seen (w1)", "⚠️ a.sql:1 seen (w2)"]);
});

test("a suppression folds a warning, with its reason, but never what closes the gate", () => {
  const findings = [finding("small", { suppressed: "tiny table" }), finding("big", { severity: "blocking", suppressed: "trust me" })];
  expect(open(findings)).toEqual(["❌ a.sql:1 seen (big) Suppressed in the source, with the reason trust me."]);
  expect(folded(findings)[1]).toEqual([
    "1 suppressed finding",
    "⚠️ a.sql:1 seen (small) Suppressed in the source, with the reason tiny table.",
  ]);
});

test("what the tables of budgets and comparisons say is not said twice", () => {
  const findings = ["budgets/endpoint-over-budget", "budgets/regression", "budgets/benchmark-missing"].map((rule) => finding(rule, {}));
  expect(open(findings)).toEqual(["⚠️ a.sql:1 seen (budgets/benchmark-missing)"]);
});

test("notices and questions are folded apart", () => {
  const findings = [finding("n", { severity: "notice" }), finding("q", { severity: "question" })];
  expect(open(findings)).toEqual([]);
  expect(folded(findings)).toEqual([
    ["1 notice", "ℹ️ a.sql:1 seen (n)"],
    ["0 suppressed findings"],
    ["Worth a look", "❔ a.sql:1 seen (q)"],
  ]);
});

test("help stands on a line of its own, and a finding without a place has none", () => {
  const { at: _, ...nowhere } = finding("w", {});
  const [row] = findingsToMend({ ...blocked, findings: [nowhere] }).rows;
  expect(row!.map(plain)).toEqual(["⚠️ seen (w)", "do this"]);
  expect(findingsToMend({ ...blocked, findings: [finding("w", { help: [] })] }).rows[0]).toHaveLength(1);
});
