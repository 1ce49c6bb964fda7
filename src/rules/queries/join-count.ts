import { text } from "../../model/text.js";
import { leaves } from "../../sql/query-walk.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";

/** PostgreSQL's default of join_collapse_limit and from_collapse_limit. */
const COLLAPSE_LIMIT = 8;

/** More sources than the planner puts in order by itself. */
export const joinCount = statementRule({
  id: "queries/join-count",
  answers: "queries/bounded",
  dialects: ["postgresql"],
  on: queryKinds,
  severity: "notice",
  off: true,
  sized: false,
  effect: text`Beyond join_collapse_limit (${COLLAPSE_LIMIT} by default) PostgreSQL joins in the order of the text, however bad that is.`,
  look: (statement, surroundings) =>
    standingLevels(statement, surroundings)
      .map((level) => leaves(level.from).length)
      .filter((count) => count > COLLAPSE_LIMIT)
      .map((count) => ({
        what: text`${count} tables and queries in one FROM`,
        help: text`Put the most selective tables first, split the query, or raise the limit for it: ${`SET LOCAL join_collapse_limit = ${count};`}`,
      })),
});
