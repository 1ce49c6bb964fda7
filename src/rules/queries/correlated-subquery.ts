import { text } from "../../model/text.js";
import { FLOOR, nodesOf } from "../../sql/plan/costs.js";
import { nodeText, planFigure } from "../../sql/plan/phrases.js";
import { sizeOf } from "../../sql/plan/scans.js";
import { type SubPlan, subPlansOf } from "../../sql/plan/subplans.js";
import { isAssumed, type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";

/** Fewer repetitions of even a small scan are done in seconds. */
const OUTER_ROWS = 10_000;

/**
 * What is the same for every outer row is worked out once and kept when it fits in memory. Whether it does, and how
 * long it is to walk, is a matter of sizes alone: where nobody told them, there is nothing to say.
 */
const isKept = ({ root }: SubPlan): boolean => root.type === "Materialize" || nodesOf(root).every(({ relation }) => relation === null);

const scanIn = ({ root }: SubPlan) => nodesOf(root).find(({ relation }) => relation !== null) ?? root;

function look(planned: PlannedStatement): readonly PlanHit[] {
  const { after, tables } = planned;
  const isGuess = isAssumed(planned);
  const plans = subPlansOf(after, (node) => sizeOf(node.relation, tables)?.rows ?? node.rows);
  return plans
    .filter(({ executions, root }) => executions >= OUTER_ROWS && root.cost >= FLOOR)
    .filter((plan) => !isGuess || !isKept(plan))
    .map((plan) => ({
      what: text`Runs a sub-query for each of ${planFigure(plan.executions)} rows, each time with ${nodeText(scanIn(plan))} (cost ${planFigure(plan.root.cost)})`,
      help: text`Join what it finds, grouped once: ${"LEFT JOIN (SELECT order_id, count(*) AS n FROM items GROUP BY order_id) i ON i.order_id = o.id"}; or index the column by which it is looked up.`,
      ...(isGuess && { severity: "notice" as const }),
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
