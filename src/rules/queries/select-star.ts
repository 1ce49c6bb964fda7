import type { PlanNode } from "../../model/plan.js";
import { text } from "../../model/text.js";
import { nodesOf } from "../../sql/plan/costs.js";
import { planFigure, relationText } from "../../sql/plan/phrases.js";
import { queriesOf } from "../../sql/queries-of.js";
import type { ParsedStatement } from "../../sql/tables.js";
import { type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";

/** Fewer rows are fetched beside an index in a few milliseconds. */
const FETCHED_ROWS = 10_000;

const isStar = (statement: ParsedStatement): boolean =>
  queriesOf(statement).some(
    ({ verb, outputs }) => verb === "select" && outputs.some(({ expression }) => expression.kind === "column" && expression.name === "*"),
  );

/** The index of a node that finds rows by it and then fetches each from the table. */
const fetchedBy = ({ type, index, children }: PlanNode): string | null => {
  if (type === "Index Scan") return index;
  return type === "Bitmap Heap Scan" ? (children[0]?.index ?? null) : null;
};

function look({ statement, after }: PlannedStatement): readonly PlanHit[] {
  if (statement.state !== "parsed" || !isStar(statement)) return [];
  const dearest = nodesOf(after)
    .filter((node) => node.rows >= FETCHED_ROWS && fetchedBy(node) !== null)
    .sort((one, other) => other.rows - one.rows)[0];
  const index = dearest && fetchedBy(dearest);
  if (!dearest?.relation || !index) return [];
  return [
    {
      what: text`Fetches ${planFigure(dearest.rows)} rows of ${relationText(dearest.relation)} that ${index} found, because * asks for every column`,
      help: text`Name the columns that are used. Where the index has them all, or gets them by ${"INCLUDE (…)"}, the table is not read.`,
    },
  ];
}

/** Every column of many rows, where an index may have had what is used. */
export const selectStar = planRule({
  id: "queries/select-star",
  answers: "queries/bounded",
  severity: "notice",
  off: true,
  judges: "changed",
  effect: text`What an index holds need not be fetched from the table, but * asks for what no index holds.`,
  look,
});
