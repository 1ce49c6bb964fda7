import { text } from "../../model/text.js";
import type { Query } from "../../sql/query.js";
import { leaves } from "../../sql/query-walk.js";
import { isPinned } from "../../sql/row-bounds.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { type Surroundings, statementRule } from "../statement-rule.js";

/** The first rows in some order, to be locked: how a worker takes its next job. */
function isClaim(level: Query, { schema }: Surroundings): boolean {
  const waits = level.locking.some(({ strength, wait }) => strength === "update" && wait === "block");
  const pinned = leaves(level.from).some((leaf) => isPinned(level, leaf, schema?.head ?? null));
  // The newest by one key is a look-up of the latest state, not a queue's next row.
  const isLatest = level.orderBy.length === 1 && level.descending;
  return waits && level.limit !== null && level.orderBy.length > 0 && !isLatest && !pinned;
}

/** Workers that wait for each other's row. */
export const queueWithoutSkipLocked = statementRule({
  id: "queries/queue-without-skip-locked",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql"],
  on: queryKinds,
  severity: "notice",
  sized: false,
  effect: text`All workers want the same first row: each waits for the one that has it, so they run one after the other.`,
  look: (statement, surroundings) =>
    standingLevels(statement, surroundings)
      .filter((level) => isClaim(level, surroundings))
      .map(() => ({
        what: text`ORDER BY … LIMIT … FOR UPDATE that waits`,
        help: text`Let each worker take the next free row: ${"FOR UPDATE SKIP LOCKED"}. If rows must be taken strictly in order, say so in a ${"redline-ignore"} comment.`,
      })),
});
