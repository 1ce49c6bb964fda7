import type { PlanNode } from "../../model/plan.js";
import { text } from "../../model/text.js";
import { nodesOf } from "../../sql/plan/costs.js";
import { levelsOf } from "../../sql/queries-of.js";
import { isSameTable, quoted, relationTitle } from "../../sql/tables.js";
import { type Unpruned, unpruned } from "../../sql/unpruned.js";
import { planRule } from "../plan-rule.js";

/** One partition more is no reason to change a query. */
const PARTITIONS = 3;

/** The plan is the proof: a constraint may rule out partitions that the text does not. */
const isAppended = ({ partitions }: Unpruned, plan: PlanNode): boolean => {
  const read = nodesOf(plan).flatMap(({ relation }) => relation ?? []);
  return partitions.length >= PARTITIONS && partitions.every((partition) => read.some((relation) => isSameTable(relation, partition)));
};

/** A query that has to ask every partition. */
export const partitionNotPruned = planRule({
  id: "queries/partition-not-pruned",
  answers: "queries/bounded",
  severity: "warning",
  judges: "changed",
  effect: text`Each partition is looked into on every call, and there will be more of them; planning and locking grow with their number too.`,
  look: ({ statement, after }, { catalogue }) => {
    if (statement.state !== "parsed" || !catalogue) return [];
    return levelsOf(statement)
      .flatMap((level) => unpruned(level, catalogue))
      .filter((found) => isAppended(found, after))
      .map(({ relation, partitions }) => ({
        what: text`Reads all ${partitions.length} partitions of ${relationTitle(relation)}: no condition is about ${relation.partitionKey.join(", ")}`,
        help: text`Compare the partition key as well: ${relation.partitionKey.map((key) => `AND ${quoted(key)} = …`).join(" ")}, or a range of it that holds the rows.`,
        key: JSON.stringify([relation.schema, relation.name]),
      }));
  },
});
