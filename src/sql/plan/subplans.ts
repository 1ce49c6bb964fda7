import type { PlanNode } from "../../model/plan.js";

/** A sub-query that is run again for each row of the node that holds it. */
export interface SubPlan {
  readonly root: PlanNode;
  /** The node whose rows it is run for. */
  readonly holder: PlanNode;
  /** How often it is run: at most so many rows as a LIMIT above lets through. */
  readonly executions: number;
}

const isSubPlan = ({ role }: PlanNode): boolean => role?.startsWith("SubPlan") === true;

/** A hashed sub-query is run once; PostgreSQL says so where it is used. */
const isHashed = (holder: PlanNode, role: string): boolean => holder.details.some(({ value }) => value.includes(`hashed ${role}`));

const isFilter = (holder: PlanNode, role: string): boolean =>
  holder.details.some(({ label, value }) => label === "Filter" && value.includes(role));

function subPlansBelow(node: PlanNode, limit: number, readBy: (node: PlanNode) => number): readonly SubPlan[] {
  const below = node.type === "Limit" ? Math.min(limit, node.rows) : node.type === "Sort" ? Number.POSITIVE_INFINITY : limit;
  const own = node.children.filter((child) => isSubPlan(child) && !isHashed(node, child.role ?? ""));
  const found = own.map((root) => {
    const rows = isFilter(node, root.role ?? "") ? readBy(node) : node.rows;
    return { root, holder: node, executions: Math.min(rows, limit) };
  });
  return [...found, ...node.children.flatMap((child) => subPlansBelow(child, isSubPlan(child) ? Number.POSITIVE_INFINITY : below, readBy))];
}

/** The sub-queries of a plan that are run once per row; `readBy` tells how many rows a scan reads before its filter. */
export function subPlansOf(plan: PlanNode, readBy: (node: PlanNode) => number): readonly SubPlan[] {
  return subPlansBelow(plan, Number.POSITIVE_INFINITY, readBy);
}
