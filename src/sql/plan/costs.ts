import type { PlanNode } from "../../model/plan.js";

/**
 * When a plan is a finding. Dropping each plain index of four real schemas in turn left hardly a statement between
 * 1.5 and 10 times its cost (docs/sql-eval.md): any threshold there is safe. The floor is a choice: a lookup by index
 * costs 8 to 500.
 */
export const RATIO = 10;
export const FLOOR = 1_000;
/** A scan of fewer rows is not worth an index. */
export const SCANNED_ROWS = 100_000;

/** Costs on both sides, in the planner's units. */
export interface CostChange {
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
  /** The figures are those of the node below LIMIT: what LIMIT promises depends on where the matching rows lie. */
  readonly belowLimit: boolean;
}

const CHEAPEST = 0.01;

const change = (before: number, after: number, belowLimit: boolean): CostChange => ({
  before,
  after,
  ratio: after / Math.max(before, CHEAPEST),
  belowLimit,
});

const isLimit = (node: PlanNode): boolean => node.type === "Limit";

/** The highest LIMIT of a plan: at the root, or below nodes that only pass rows on. */
function limitOf(plan: PlanNode): PlanNode | null {
  if (isLimit(plan)) return plan;
  const [only, ...others] = plan.children.filter((child) => child.role === null);
  return only && others.length === 0 ? limitOf(only) : null;
}

/** Rows are thrown away below LIMIT, so how many must be read until it is full depends on where they lie. */
const throwsAway = (node: PlanNode): boolean =>
  node.details.some(({ label }) => label === "Filter" || label === "Join Filter") || node.children.some(throwsAway);

/**
 * How much dearer `after` is than `before`. LIMIT hides what an ordered walk may have to read until it finds enough
 * rows, so where both have one below ORDER BY, the dearer comparison of the two counts.
 */
export function costChange(before: PlanNode, after: PlanNode, ordered: boolean): CostChange {
  const whole = change(before.cost, after.cost, false);
  const [left] = limitOf(before)?.children ?? [];
  const [right] = limitOf(after)?.children ?? [];
  if (!ordered || !left || !right || !throwsAway(right)) return whole;
  const below = change(left.cost, right.cost, true);
  return below.ratio > whole.ratio ? below : whole;
}

export const isRegression = ({ ratio, after }: CostChange): boolean => ratio >= RATIO && after >= FLOOR;

/** Every node of a plan, itself first. */
export const nodesOf = (plan: PlanNode): readonly PlanNode[] => [plan, ...plan.children.flatMap(nodesOf)];

const isSubPlan = (node: PlanNode): boolean => node.role?.startsWith("SubPlan") === true;

/** How often a child runs for each time that its parent runs. */
function loopsOf(parent: PlanNode, child: PlanNode): number {
  const [outer, inner] = parent.children.filter((one) => one.role === null);
  if (isSubPlan(child)) return Math.max(1, parent.rows, outer?.rows ?? 0);
  return parent.type.startsWith("Nested Loop") && child === inner ? Math.max(1, outer?.rows ?? 1) : 1;
}

interface Weighed {
  readonly node: PlanNode;
  /** What it alone costs over all its runs; never more than what its parent says. */
  readonly cost: number;
}

function weigh(node: PlanNode, loops: number, most: number): readonly Weighed[] {
  const whole = Math.min(most, node.cost * loops);
  const below = node.children.flatMap((child) => {
    const cap = isLimit(node) ? Number.POSITIVE_INFINITY : whole;
    return weigh(child, loops * loopsOf(node, child), cap);
  });
  const children = node.children.reduce((sum, child) => sum + Math.min(whole, child.cost * loops * loopsOf(node, child)), 0);
  return [{ node, cost: Math.max(0, whole - children) }, ...below];
}

/** The node whose own cost, without its children's and times its runs, dominates the plan. */
export function worstNode(plan: PlanNode): PlanNode {
  const weighed = weigh(plan, 1, Number.POSITIVE_INFINITY);
  return weighed.reduce((worst, one) => (one.cost > worst.cost ? one : worst)).node;
}

const keyOf = ({ type, relation, index }: PlanNode): string => JSON.stringify([type, relation, index]);

/** Nodes of `after` that have no counterpart in `before`, dearest first. */
export function changedNodes(before: PlanNode, after: PlanNode): readonly PlanNode[] {
  const left = new Map<string, number>();
  for (const node of nodesOf(before)) left.set(keyOf(node), (left.get(keyOf(node)) ?? 0) + 1);
  const fresh = nodesOf(after).filter((node) => {
    const count = left.get(keyOf(node)) ?? 0;
    left.set(keyOf(node), count - 1);
    return count <= 0;
  });
  return [...fresh].sort((one, other) => other.cost - one.cost);
}
