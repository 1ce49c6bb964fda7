import { text } from "../../model/text.js";
import { areDisjoint } from "../../sql/disjoint-arms.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";

/** UNION of what cannot hold the same row twice. */
export const unionDedup = statementRule({
  id: "queries/union-dedup",
  answers: "queries/bounded",
  on: ["SelectStmt"],
  severity: "notice",
  off: true,
  sized: false,
  effect: text`UNION sorts or hashes all rows to drop duplicates, and each side has a constant of its own, so there are none between them.`,
  look: (statement, surroundings) =>
    standingLevels(statement, surroundings)
      .filter(areDisjoint)
      .map(() => ({
        what: text`UNION of queries with different constants`,
        help: text`Write ${"UNION ALL"}, if no side holds a row twice by itself.`,
      })),
});
