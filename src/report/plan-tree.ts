import type { PlanNode, Planned } from "../model/plan.js";
import { statement, type Text, text } from "../model/text.js";
import { worstNode } from "../sql/plan/costs.js";
import { nodeText, planFigure } from "../sql/plan/phrases.js";

/** Lines of one plan that a person reads; what lies deeper seldom decides. */
const LINES = 40;
/** Levels that are still indented. */
const DEEPEST = 12;

const indent = (depth: number): string => "  ".repeat(Math.min(depth, DEEPEST));

function nodeLine(node: PlanNode, depth: number, worst: PlanNode): Text {
  const role = node.role === null ? [] : text`${node.role}: `;
  const alias = node.alias !== null && node.alias !== node.relation?.name ? text` ${node.alias}` : [];
  const mark = node === worst ? ["   ← costs most"] : [];
  const arrow = depth === 0 ? "" : "→ ";
  return text`${[`${indent(depth)}${arrow}`]}${role}${nodeText(node)}${alias}  (cost ${planFigure(node.cost)}, ${planFigure(node.rows)} ${[node.rows === 1 ? "row" : "rows"]})${mark}`;
}

function linesOf(node: PlanNode, depth: number, worst: PlanNode): readonly Text[] {
  const details = node.details.map(({ label, value }) => text`${[`${indent(depth)}    ${label}: `]}${statement(value)}`);
  return [nodeLine(node, depth, worst), ...details, ...node.children.flatMap((child) => linesOf(child, depth + 1, worst))];
}

/** A plan as EXPLAIN prints it, shorter: one node a line, its conditions below it, the worst one marked. */
export function planLines(plan: PlanNode): readonly Text[] {
  const lines = linesOf(plan, 0, worstNode(plan));
  return lines.length > LINES ? [...lines.slice(0, LINES), text`… and ${lines.length - LINES} more lines`] : lines;
}

/** The statement as it is written, without the indentation of the code around it. */
function sqlLines(sql: string): readonly Text[] {
  const [first = "", ...rest] = sql.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== "");
  const common = Math.min(...rest.map((line) => line.length - line.trimStart().length));
  const lines = [first.trim(), ...rest.map((line) => line.slice(common))].map((line) => text`${statement(line.trimEnd())}`);
  return lines.length > LINES ? [...lines.slice(0, LINES), text`… and ${lines.length - LINES} more lines`] : lines;
}

/** Everything that was planned for a statement: before, after, and with the index that would help. */
export function planBlock(planned: Extract<Planned, { readonly state: "planned" }>): readonly Text[] {
  const { before, after, proven, sql } = planned;
  const part = (title: Text, plan: PlanNode | null): readonly Text[] => (plan ? [[], title, ...planLines(plan)] : []);
  return [
    ...sqlLines(sql),
    ...part(["Before"], before),
    ...part(before ? ["After"] : ["Plan"], after),
    ...(proven ? part(text`With ${statement(proven.sql)}`, proven.plan) : []),
  ];
}
