import type { SchemaChange } from "../../model/plan.js";
import { statement, type Text, text } from "../../model/text.js";
import { costChange, isRegression, worstNode } from "../../sql/plan/costs.js";
import { costText, nodeText } from "../../sql/plan/phrases.js";
import { drivingTable, sizeOf } from "../../sql/plan/scans.js";
import { type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";
import { isOrderedStatement } from "../unindexed.js";

const LARGE_ROWS = 1_000_000;

function keep({ name, definition }: SchemaChange): Text {
  const sql = definition === null ? [] : text` It is: ${statement(`${definition};`)}`;
  return text`Keep ${name}, or create what replaces it in an earlier release.${sql}`;
}

function look(planned: PlannedStatement): readonly PlanHit[] {
  const { change, before, after } = planned;
  if (!change || (change.kind !== "index dropped" && change.kind !== "index altered") || before === null) return [];
  const costs = costChange(before, after, isOrderedStatement(planned));
  if (!isRegression(costs)) return [];
  const rows = sizeOf(drivingTable(after), planned.tables)?.rows ?? 0;
  return [
    {
      what: text`without ${change.name} ${costText(costs)}, now ${nodeText(worstNode(after))}`,
      help: keep(change),
      severity: rows >= LARGE_ROWS ? "blocking" : "warning",
      key: change.name,
      ...(change.statement && { at: change.statement }),
    },
  ];
}

/** An index that statements of the repository live on. */
export const indexDropInUse = planRule({
  id: "migrations/index-drop-in-use",
  answers: "migrations/safe",
  severity: "warning",
  judges: "dependents",
  effect: text`Statements that this change does not touch lose the index that answers them.`,
  look,
});
