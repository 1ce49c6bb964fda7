import { text } from "../../model/text.js";
import { FLOOR, nodesOf, SCANNED_ROWS } from "../../sql/plan/costs.js";
import { planFigure, relationText } from "../../sql/plan/phrases.js";
import { sizeOf } from "../../sql/plan/scans.js";
import { levelsOf } from "../../sql/queries-of.js";
import type { Expression } from "../../sql/query.js";
import { conjuncts, partsOf } from "../../sql/query-walk.js";
import type { ParsedStatement } from "../../sql/tables.js";
import { type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";

const columnsOf = (expression: Expression): readonly string[] => partsOf(expression, "column").map(({ name }) => name);

/** The columns of a condition whose sides are about one column each, and not all about the same. */
function orColumns(condition: Expression): readonly string[] {
  if (condition.kind !== "or") return [];
  const sides = condition.operands.map(columnsOf);
  const names = [...new Set(sides.flat())];
  return sides.every((columns) => columns.length === 1) && names.length > 1 ? names : [];
}

const orsOf = (statement: ParsedStatement): readonly (readonly string[])[] =>
  levelsOf(statement)
    .flatMap(({ where }) => conjuncts(where).map(orColumns))
    .filter((columns) => columns.length > 0);

function look({ statement, after, tables }: PlannedStatement): readonly PlanHit[] {
  if (statement.state !== "parsed") return [];
  const scans = nodesOf(after).filter((node) => node.type === "Seq Scan" && node.cost >= FLOOR);
  return orsOf(statement).flatMap((columns) => {
    const scan = scans.find(({ relation, details }) => {
      const filter = details.find(({ label }) => label === "Filter")?.value ?? "";
      const isLarge = (sizeOf(relation, tables)?.rows ?? 0) >= SCANNED_ROWS;
      return isLarge && filter.includes(" OR ") && columns.every((column) => filter.includes(column));
    });
    const size = scan && sizeOf(scan.relation, tables);
    if (!scan?.relation || !size || scan.rows > size.rows / 10) return [];
    return [
      {
        what: text`Reads all ${planFigure(size.rows)} rows of ${relationText(scan.relation)} for an OR over ${columns.join(", ")}`,
        help: text`Give each side an index: then both are read and combined, or write ${"SELECT … WHERE a = $1 UNION SELECT … WHERE b = $2"}.`,
      },
    ];
  });
}

/** OR over columns of which one has no index. */
export const orAcrossColumns = planRule({
  id: "queries/or-across-columns",
  answers: "queries/bounded",
  severity: "notice",
  judges: "changed",
  effect: text`One side without an index makes the index of the other useless: the rows of both have to be found.`,
  look,
});
