import { expect, test } from "vitest";
import { plain, text } from "../../src/model/text.js";
import type { ChecklistLine, Outcome } from "../../src/model/verdict.js";
import { answered, checklistRows, shownChecklist } from "../../src/report/checklist.js";
import { blocked, HEAD, overBudget } from "./reviews.js";

const line = (outcome: Outcome, gate = false): ChecklistLine => ({ item: "queries/bounded", text: "Bounded", gate, outcome });
const row = (outcome: Outcome, gate = false) => checklistRows([line(outcome, gate)])[0]!;

test.each<[string, Outcome, string]>([
  ["passed: what was looked at", { status: "passed", seen: text`3 statements` }, "3 statements"],
  [
    "failed: how many findings, and what was looked at",
    { status: "failed", seen: text`3 statements`, findings: [overBudget, overBudget] },
    "2 findings (looked at: 3 statements)",
  ],
  ["failed with nothing seen", { status: "failed", seen: [], findings: [overBudget] }, "1 finding"],
  ["not applicable: why", { status: "not-applicable", reason: text`docs only` }, "not applicable: docs only"],
  ["not checked: why", { status: "not-checked", reason: text`no plan` }, "not checked: no plan"],
  [
    "not checked: what was looked at all the same",
    { status: "not-checked", reason: text`no plan`, seen: text`2 files` },
    "not checked: no plan (looked at: 2 files)",
  ],
  [
    "not checked, but searched: what was found, and what is not seen that way",
    { status: "not-checked", reason: text`helpers are not seen`, seen: text`2 files`, questions: 0 },
    "nothing found by the static check of 2 files; helpers are not seen",
  ],
  [
    "not checked, but searched: questions are no findings",
    { status: "not-checked", reason: text`helpers are not seen`, seen: text`2 files`, questions: 1 },
    "1 question below, nothing else found by the static check of 2 files; helpers are not seen",
  ],
  [
    "attested: who, when, for which commit, and why a human had to",
    { status: "attested", by: "octocat", at: "2026-11-23T21:04:09Z", sha: HEAD, reason: text`no plan` },
    "ticked by octocat at 2026-11-23 21:04 UTC for 5f0c2b1 (not checked by machine: no plan)",
  ],
  [
    "attested by the author: said",
    { status: "attested", by: "dev", at: "2026-11-23T21:04:09Z", sha: HEAD, reason: text`no plan`, standing: "author" },
    "ticked by dev, the author of this pull request, at 2026-11-23 21:04 UTC for 5f0c2b1 (not checked by machine: no plan)",
  ],
  [
    "attested by a bot: said",
    { status: "attested", by: "ci[bot]", at: "2026-11-23T21:04:09Z", sha: HEAD, reason: text`no plan`, standing: "bot" },
    "ticked by ci[bot], a bot, at 2026-11-23 21:04 UTC for 5f0c2b1 (not checked by machine: no plan)",
  ],
])("%s", (_, outcome, answer) => {
  expect(plain(row(outcome).answer)).toBe(answer);
});

test("only what no machine could answer is a task, and never a line of the gate", () => {
  const open: Outcome = { status: "not-checked", reason: text`no plan` };
  const ticked: Outcome = { status: "attested", by: "a", at: "", sha: HEAD, reason: [] };
  expect(row(open)).toMatchObject({ task: true, ticked: false });
  expect(row(ticked)).toMatchObject({ task: true, ticked: true });
  expect(row(open, true).task).toBe(false);
  expect(row({ status: "passed", seen: [] }).task).toBe(false);
});

test("counts what is answered", () => {
  expect(plain(answered(blocked.checklist))).toBe("7 of 14 answered");
});

test("a required line says so while it is open, and only then", () => {
  const required = (outcome: Outcome) => plain(checklistRows([{ ...line(outcome), required: true }])[0]!.answer);
  expect(required({ status: "not-checked", reason: text`no plan` })).toBe("required to merge, not checked: no plan");
  expect(required({ status: "failed", seen: [], findings: [overBudget] })).toBe("required to merge, 1 finding");
  expect(required({ status: "passed", seen: text`all` })).toBe("all");
});

test("the text of a team's own line is foreign", () => {
  const own = { ...line({ status: "passed", seen: [] }), item: "own/a-00000001", text: "@acme/all" } as const;
  expect(checklistRows([own])[0]!.text).toEqual([{ foreign: "@acme/all" }]);
});

const titled = (title: string, outcome: Outcome): ChecklistLine => ({ ...line(outcome), text: title });

test("a page folds what asks for nothing, and says one answer of several lines once", () => {
  const open: Outcome = { status: "not-checked", reason: text`no plan` };
  const { urgent, rest, title } = shownChecklist([
    titled("A", { status: "not-applicable", reason: text`docs only` }),
    titled("B", { status: "failed", seen: [], findings: [overBudget] }),
    titled("C", { status: "not-applicable", reason: text`docs only` }),
    { ...titled("D", open), item: "queries/explained" },
    { ...titled("E", open), item: "queries/bounded" },
  ]);
  expect(urgent.map(({ texts }) => texts)).toEqual([[["B"]]]);
  expect(rest.map(({ texts }) => texts)).toEqual([[["A"], ["C"]], [["D"]], [["E"]]]);
  expect(plain(title)).toBe("Checklist (3 of 5 answered): 2 for a person to look at, 2 not applicable");
});

test("a required line that is open is never folded away", () => {
  const { urgent } = shownChecklist([{ ...line({ status: "not-checked", reason: text`no plan` }), required: true }]);
  expect(urgent).toHaveLength(1);
});
