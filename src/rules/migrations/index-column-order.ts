import type { Plans, SchemaChange } from "../../model/plan.js";
import { text } from "../../model/text.js";
import { type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";
import { createIndex } from "../unindexed.js";

/** A new index that has the column which the statement needs in front, but not in front. */
function isBehind({ kind, relation, columns }: SchemaChange, { proven }: PlannedStatement): boolean {
  const [lead] = proven?.keys ?? [];
  const place = lead === undefined ? -1 : columns.indexOf(lead);
  return kind === "index added" && place > 0 && relation.name === proven?.relation.name && relation.schema === proven.relation.schema;
}

function look(planned: PlannedStatement, { changes = [] }: Plans): readonly PlanHit[] {
  const { proven, statement } = planned;
  if (!proven) return [];
  return changes
    .filter((change) => isBehind(change, planned))
    .map((change) => {
      const lead = proven.keys[0] ?? "";
      const where = text`${`${statement.path}:${statement.line}`}`;
      return {
        what: text`${change.name} (${change.columns.map((column) => column ?? "…").join(", ")}) does not answer ${where}: ${lead} stands behind ${change.columns[0] ?? "…"}`,
        help: createIndex(proven),
        ...(change.statement && { at: change.statement }),
      };
    });
}

/** A new index whose columns stand in an order that its statement cannot use. */
export const indexColumnOrder = planRule({
  id: "migrations/index-column-order",
  answers: "migrations/safe",
  severity: "notice",
  judges: "changed",
  effect: text`An index finds rows by its first column; what stands behind is found only by reading all of it.`,
  look,
});
