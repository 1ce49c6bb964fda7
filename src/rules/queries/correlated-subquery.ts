import { text } from "../../model/text.js";
import { FLOOR, nodesOf } from "../../sql/plan/costs.js";
import { nodeText, planFigure } from "../../sql/plan/phrases.js";
import { sizeOf } from "../../sql/plan/scans.js";
import { type SubPlan, subPlansOf } from "../../sql/plan/subplans.js";
import { type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";

/** Fewer repetitions of even a small scan are done in seconds. */
const OUTER_ROWS = 10_000;

const scanIn = ({ root }: SubPlan) => nodesOf(root).find(({ relation }) => relation !== null) ?? root;

function look({ after, tables }: PlannedStatement): readonly PlanHit[] {
  const plans = subPlansOf(after, (node) => sizeOf(node.relation, tables)?.rows ?? node.rows);
  return plans
    .filter(({ executions, root }) => executions >= OUTER_ROWS && root.cost >= FLOOR)
    .map((plan) => ({
      what: text`a sub-query is run for each of ${planFigure(plan.executions)} rows, each time with ${nodeText(scanIn(plan))} (cost ${planFigure(plan.root.cost)})`,
      help: text`Join what it finds, grouped once: ${"LEFT JOIN (SELECT order_id, count(*) AS n FROM items GROUP BY order_id) i ON i.order_id = o.id"}; or index the column by which it is looked up.`,
    }));
}

/** A sub-query that reads a table for each outer row. */
export const correlatedSubquery = planRule({
  id: "queries/correlated-subquery",
  answers: "queries/bounded",
  severity: "warning",
  judges: "changed",
  effect: text`Its cost is multiplied by the rows outside.`,
  look,
});
