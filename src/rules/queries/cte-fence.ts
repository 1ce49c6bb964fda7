import type { PlanNode } from "../../model/plan.js";
import { text } from "../../model/text.js";
import { FLOOR, nodesOf, SCANNED_ROWS } from "../../sql/plan/costs.js";
import { planFigure } from "../../sql/plan/phrases.js";
import { isAssumed, type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";

/** The condition outside leaves less than one row in ten of what was worked out. */
const SHARE = 0.1;

const filterOf = (node: PlanNode): boolean => node.details.some(({ label }) => label === "Filter");

function look(planned: PlannedStatement): readonly PlanHit[] {
  const all = nodesOf(planned.after);
  const reads = all.filter((node) => node.type === "CTE Scan");
  const defined = all.filter(({ role }) => role?.startsWith("CTE ") === true);
  return defined.flatMap((definition) => {
    const name = definition.role?.slice("CTE ".length) ?? "";
    const own = reads.filter(({ details }) => details.some(({ label, value }) => label === "CTE Name" && value === name));
    const isFence = own.length > 0 && own.every((node) => filterOf(node) && node.rows <= definition.rows * SHARE);
    if (!isFence || definition.rows < SCANNED_ROWS || definition.cost < FLOOR) return [];
    return [
      {
        what: text`Works out all ${planFigure(definition.rows)} rows of the CTE ${name}, of which a condition outside keeps ${planFigure(own[0]?.rows ?? 0)}`,
        help: text`Let the condition reach inside: ${`WITH ${name} AS NOT MATERIALIZED (…)`}, or write it into the CTE.`,
        ...(isAssumed(planned) && { severity: "question" as const }),
      },
    ];
  });
}

/** A CTE that is worked out in full before a condition outside throws most of it away. */
export const cteFence = planRule({
  id: "queries/cte-fence",
  answers: "queries/bounded",
  severity: "notice",
  judges: "changed",
  effect: text`A CTE that is MATERIALIZED, or used more than once, is a fence: no condition and no index reaches through it.`,
  look,
});
