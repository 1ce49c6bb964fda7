import fc from "fast-check";
import { expect, test } from "vitest";
import { ownItem } from "../../src/config/own-item.js";
import { checklistItems } from "../../src/model/rule.js";
import type { ChecklistLine, Outcome } from "../../src/model/verdict.js";
import { renderComment } from "../../src/report/comment.js";
import { readTicks } from "../../src/report/ticks.js";
import { hostile } from "./hostile.js";
import { blocked, HEAD } from "./reviews.js";

const outcome: fc.Arbitrary<Outcome> = hostile.chain((foreign) => {
  const reason = [{ foreign }];
  return fc.constantFrom<Outcome>(
    { status: "passed", seen: reason },
    { status: "failed", seen: reason, findings: [] },
    { status: "not-applicable", reason },
    { status: "not-checked", reason },
    { status: "attested", by: foreign, at: "2026-11-23T21:04:09Z", sha: HEAD, reason },
  );
});

const basis = fc.option(fc.stringMatching(/^[0-9a-f]{24}$/u), { nil: undefined });

/** Our own lines and one of the team's, whose text is foreign. */
const checklists: fc.Arbitrary<readonly ChecklistLine[]> = fc
  .tuple(fc.tuple(...checklistItems.map(() => outcome)), outcome, hostile, basis)
  .map(([outcomes, own, text, shown]) => [
    ...outcomes.map((each, index) => ({ ...blocked.checklist[index]!, outcome: each, ...(shown && { basis: shown }) })),
    { item: ownItem(text), text, gate: false, outcome: own },
  ]);

const tasksOf = (lines: readonly ChecklistLine[]) =>
  new Map(
    lines
      .filter(({ gate, outcome: { status } }) => status === "attested" || (status === "not-checked" && !gate))
      .map(({ item, basis, outcome: { status } }) => [item, { ticked: status === "attested", basis: basis ?? null }]),
  );

test("reads back the boxes of our own comment, whatever stands in it", () => {
  fc.assert(
    fc.property(checklists, fc.constantFrom("\n", "\r\n"), (checklist, lineBreak) => {
      const body = renderComment({ ...blocked, checklist }, { marker: "<!-- m -->" });
      expect(readTicks(body.replaceAll("\n", lineBreak))).toEqual(tasksOf(checklist));
    }),
  );
});

test("sees what a human ticked and unticked", () => {
  const body = renderComment(blocked, { marker: "" })
    .replace("- [ ] **EXPLAIN run for new and modified queries**", "- [x] **EXPLAIN run for new and modified queries**")
    .replace("- [ ] **Timeouts are configured**", "- [X] **Timeouts are configured**")
    .replace("- [x] **Algorithmic complexity is acceptable**", "- [ ] **Algorithmic complexity is acceptable**");
  const ticks = readTicks(body);
  expect(ticks.get("queries/explained")?.ticked).toBe(true);
  expect(ticks.get("resources/timeouts")?.ticked).toBe(true);
  expect(ticks.get("algorithms/complexity")?.ticked).toBe(false);
  expect(ticks.get("resources/bounded")?.ticked).toBe(false);
});

test("lines that a machine answered cannot be ticked", () => {
  const ticks = readTicks(renderComment(blocked, { marker: "" }));
  for (const item of ["queries/bounded", "tests/benchmark", "tests/load-test", "budgets/regressions", "budgets/endpoints"] as const) {
    expect(ticks.has(item)).toBe(false);
  }
});

test.each([
  ["no item of ours", "- [x] <!-- item:queries/everything --> x"],
  ["not at the start of a line", "a - [x] <!-- item:queries/bounded --> x"],
  ["quoted", "> - [x] <!-- item:queries/bounded --> x"],
  ["no mark", "- [x] No N+1 queries"],
])("a box that is %s does not count", (_, line) => {
  expect(readTicks(line).size).toBe(0);
});

test("of a copied line the first counts", () => {
  expect(readTicks("- [ ] <!-- item:queries/bounded --> x\n- [x] <!-- item:queries/bounded --> x").get("queries/bounded")?.ticked).toBe(
    false,
  );
});

test.each([
  ["`a** <!-- item:queries/bounded -->`", "own/a-00000001"],
  ["`` ` ** <!-- item:queries/bounded --> ` ``", "own/a-00000001"],
])("a mark inside of foreign text is none: %s", (shown, item) => {
  expect([...readTicks(`- [x] **${shown}** <!-- item:${item} 0a --> — why`)]).toEqual([[item, { ticked: true, basis: "0a" }]]);
});

test("a code span that never ends hides no mark behind it, and costs linear time", () => {
  expect(readTicks(`- [x] **\`a** <!-- item:queries/bounded --> ${"``` `` ".repeat(50_000)}`).size).toBe(0);
});
