import type { PlanNode } from "../../model/plan.js";
import { text } from "../../model/text.js";
import { nodesOf } from "../../sql/plan/costs.js";
import { planFigure, relationText } from "../../sql/plan/phrases.js";
import { sizeOf } from "../../sql/plan/scans.js";
import { levelsOf } from "../../sql/queries-of.js";
import { parts } from "../../sql/query-walk.js";
import type { ParsedStatement } from "../../sql/tables.js";
import { type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";

/** Counting fewer is a matter of a tenth of a second. */
const LARGE_ROWS = 1_000_000;
/** A condition that leaves more than this share is no help to a count. */
const SHARE = 0.5;

const isCounted = (statement: ParsedStatement): boolean =>
  levelsOf(statement).some(
    ({ outputs, groupBy }) =>
      groupBy.length === 0 &&
      outputs.some(({ expression }) => parts(expression).some((part) => part.kind === "call" && part.name === "count")),
  );

const isGrouped = ({ details }: PlanNode): boolean => details.some(({ label }) => label === "Group Key");

function look({ statement, after, tables }: PlannedStatement): readonly PlanHit[] {
  if (statement.state !== "parsed" || !isCounted(statement)) return [];
  const counting = nodesOf(after).filter((node) => node.type === "WindowAgg" || (node.type === "Aggregate" && !isGrouped(node)));
  const large = tables.filter(({ rows, source }) => rows >= LARGE_ROWS && source !== "assumed");
  const [counted] = counting
    .flatMap(({ children }) => children)
    .filter(({ relation, rows }) => {
      const size = sizeOf(relation, large);
      return size !== null && rows >= size.rows * SHARE;
    });
  if (!counted?.relation) return [];
  return [
    {
      what: text`Counts ${planFigure(counted.rows)} rows of ${relationText(counted.relation)}`,
      help: text`Show an estimate (${"SELECT reltuples::bigint FROM pg_class WHERE oid = 'orders'::regclass"}), stop counting at a number that nobody reads on from (${"SELECT count(*) FROM (SELECT 1 FROM orders WHERE … LIMIT 1001) few"}), or keep the count.`,
    },
  ];
}

/** A count of most of a table that is known to be large. */
export const countUnbounded = planRule({
  id: "queries/count-unbounded",
  answers: "queries/bounded",
  severity: "notice",
  judges: "changed",
  effect: text`PostgreSQL keeps no count: it reads every row on every call.`,
  look,
});
