import { type Text, text } from "../../model/text.js";
import { changedNodes, costChange, isRegression, worstNode } from "../../sql/plan/costs.js";
import { costText, nodeText } from "../../sql/plan/phrases.js";
import { drivingTable, sizeOf } from "../../sql/plan/scans.js";
import { type FailingStatement, type PlanHit, type PlannedStatement, planRule } from "../plan-rule.js";
import { createIndex, isOrderedStatement } from "../unindexed.js";

const LARGE_ROWS = 1_000_000;

/** The node to look at: the dearest of those that are new, else the worst of the plan. */
const cause = ({ before, after }: PlannedStatement): Text => nodeText((before ? changedNodes(before, after)[0] : null) ?? worstNode(after));

/** What an index drop does to statements is the migration's finding. */
const isIndexDrop = ({ change }: PlannedStatement): boolean => change?.kind === "index dropped" || change?.kind === "index altered";

function look(planned: PlannedStatement): readonly PlanHit[] {
  const { before, after, proven, because, change } = planned;
  if (before === null || isIndexDrop(planned)) return [];
  const costs = costChange(before, after, isOrderedStatement(planned));
  if (!isRegression(costs)) return [];
  const rows = sizeOf(drivingTable(after), planned.tables)?.rows ?? 0;
  const why = because ? text` (${because})` : [];
  return [
    {
      what: text`${costText(costs)}, now ${cause(planned)}${why}`,
      help: proven
        ? createIndex(proven)
        : text`Compare the two plans below "Query plans": what the earlier one asked of an index, this one finds by reading.`,
      severity: rows >= LARGE_ROWS && !costs.belowLimit ? "blocking" : "warning",
      ...(change?.statement && { at: change.statement }),
    },
  ];
}

const fails = ({ why, because, change }: FailingStatement): readonly PlanHit[] => [
  {
    what: text`the statement fails after ${because ?? text`this change`}: ${why}`,
    help: text`Change the statement first and release that; then change the schema. Old code runs on while the new one is rolled out.`,
    severity: "warning",
    effect: text`The base's schema still answered it.`,
    ...(change && { key: `${change.kind} ${change.name}` }),
    ...(change?.statement && { at: change.statement }),
  },
];

/** A statement that became ten times dearer, or that its schema no longer answers. */
export const planRegression = planRule({
  id: "queries/plan-regression",
  answers: "queries/explained",
  severity: "warning",
  judges: "all",
  effect: text`Plans are compared on the same sizes, so the change alone makes the difference.`,
  look,
  fails,
});
