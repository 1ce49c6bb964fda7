import type { IndexPurpose, ProvenIndex } from "../model/plan.js";
import { statement, type Text, text } from "../model/text.js";
import { costChange, isRegression, RATIO, SCANNED_ROWS } from "../sql/plan/costs.js";
import { planFigure, ratioText, relationText } from "../sql/plan/phrases.js";
import { isOrdered } from "../sql/query-kind.js";
import type { PlanHit, PlannedStatement } from "./plan-rule.js";

/** Whether what comes first matters: LIMIT then hides what may have to be read. */
export const isOrderedStatement = (planned: PlannedStatement): boolean =>
  planned.statement.state === "parsed" && isOrdered(planned.statement.tree);

/** What a finding offers: the index that the planner proved, as SQL to paste. */
export const createIndex = ({ sql, plan }: ProvenIndex): Text =>
  text`Planned with this index, the statement costs ${planFigure(plan.cost)}: ${statement(sql)}`;

/** Rows of tables that only the new plan reads whole. */
const newlyScanned = ({ scans }: PlannedStatement): number => scans.filter(({ isNew }) => isNew).reduce((sum, { rows }) => sum + rows, 0);

/** A modified statement that is ten times dearer is one finding already. */
const hasRegressed = (planned: PlannedStatement): boolean =>
  planned.before !== null && isRegression(costChange(planned.before, planned.after, isOrderedStatement(planned)));

/**
 * A new scan of 100,000 rows or more that an index proven on the planner makes ten times cheaper.
 *
 * @param reads says what the plan does with the rows of the index's table
 */
export function unindexed(planned: PlannedStatement, purpose: IndexPurpose, reads: Text): readonly PlanHit[] {
  const { proven, after } = planned;
  if (proven?.purpose !== purpose || newlyScanned(planned) < SCANNED_ROWS || hasRegressed(planned)) return [];
  const { ratio } = costChange(proven.plan, after, isOrderedStatement(planned));
  if (ratio < RATIO) return [];
  const what = text`${reads} ${relationText(proven.relation)}: cost ${planFigure(after.cost)}, ${ratioText(ratio)} what it is with an index on ${proven.keys.join(", ")}`;
  return [{ what, help: createIndex(proven), key: proven.sql }];
}
