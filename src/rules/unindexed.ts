import type { IndexPurpose, Plans, ProvenIndex } from "../model/plan.js";
import { statement, type Text, text } from "../model/text.js";
import { costChange, isRegression, RATIO, SCANNED_ROWS } from "../sql/plan/costs.js";
import { planFigure, ratioText, relationText } from "../sql/plan/phrases.js";
import { isOrdered } from "../sql/query-kind.js";
import { isSameTable } from "../sql/tables.js";
import { isAssumed, type PlanHit, type PlannedStatement } from "./plan-rule.js";

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

/** Somebody gave it partitions, or an index beside its keys: it was large enough to need them. */
function isTended({ relation }: ProvenIndex, { catalogue }: Plans): boolean {
  const known = catalogue?.relations.find((one) => isSameTable(one, relation));
  return !known || known.kind === "partitioned" || known.indexes.some(({ primary, unique }) => !primary && !unique);
}

/** A table of which neither its size is known nor anything that tells it is large. */
const MAYBE_SMALL = {
  severity: "notice" as const,
  effect: text`Every row is read on every call. Nobody told how many there are, and the table has no index beside its keys: if it stays small, this is right; say so with database.tables.`,
};

/**
 * A new scan of 100,000 rows or more that an index proven on the planner makes ten times cheaper.
 *
 * @param reads says what the plan does with the rows of the index's table
 */
export function unindexed(planned: PlannedStatement, plans: Plans, purpose: IndexPurpose, reads: Text): readonly PlanHit[] {
  const { proven, after } = planned;
  if (proven?.purpose !== purpose || newlyScanned(planned) < SCANNED_ROWS || hasRegressed(planned)) return [];
  const { ratio } = costChange(proven.plan, after, isOrderedStatement(planned));
  if (ratio < RATIO) return [];
  const what = text`${reads} ${relationText(proven.relation)}: cost ${planFigure(after.cost)}, ${ratioText(ratio)} what it is with an index on ${proven.keys.join(", ")}`;
  const isDoubtful = isAssumed(planned) && !isTended(proven, plans);
  // An index that begins with the same column serves them all, whatever else each compares.
  const key = JSON.stringify([proven.relation, proven.keys[0]]);
  return [{ what, help: createIndex(proven), key, ...(isDoubtful && MAYBE_SMALL) }];
}
