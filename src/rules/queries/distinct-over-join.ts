import type { PlanNode } from "../../model/plan.js";
import { text } from "../../model/text.js";
import { fanOuts } from "../../sql/fan-outs.js";
import { FLOOR, nodesOf, SCANNED_ROWS } from "../../sql/plan/costs.js";
import { planFigure } from "../../sql/plan/phrases.js";
import { levelsOf } from "../../sql/queries-of.js";
import { tableName } from "../../sql/tables.js";
import { isAssumed, planRule } from "../plan-rule.js";

const DEDUPLICATING: ReadonlySet<string> = new Set(["Unique", "HashAggregate", "GroupAggregate"]);
const JOINING: ReadonlySet<string> = new Set(["Nested Loop", "Hash Join", "Merge Join"]);

/** The rows of the largest join of which a plan throws repetitions away. */
function multiplied(plan: PlanNode): number {
  const joined = nodesOf(plan)
    .filter(({ type, cost }) => DEDUPLICATING.has(type) && cost >= FLOOR)
    .flatMap(({ children }) => children.flatMap(nodesOf))
    .filter(({ type }) => JOINING.has(type));
  return Math.max(0, ...joined.map(({ rows }) => rows));
}

/** DISTINCT that takes back what a join multiplied. */
export const distinctOverJoin = planRule({
  id: "queries/distinct-over-join",
  answers: "queries/bounded",
  severity: "notice",
  judges: "changed",
  effect: text`All pairs are made, then sorted or hashed to keep one of each; EXISTS stops at the first.`,
  look: (planned, { catalogue }) => {
    const { statement, after } = planned;
    const rows = multiplied(after);
    if (statement.state !== "parsed" || !catalogue || rows < SCANNED_ROWS) return [];
    return levelsOf(statement)
      .flatMap((level) => fanOuts(level, catalogue))
      .map(({ table, alias }) => ({
        what: text`Joins ${tableName(table)}, of which nothing is given out, to ${planFigure(rows)} rows, and keeps the distinct ones`,
        help: text`Ask whether there is one: ${`WHERE EXISTS (SELECT 1 FROM ${tableName(table)} ${alias} WHERE …)`}, without DISTINCT.`,
        ...(isAssumed(planned) && { severity: "question" as const }),
      }));
  },
});
