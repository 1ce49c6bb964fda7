import { text } from "../../model/text.js";
import type { Expression } from "../../sql/query.js";
import { expressions, parts } from "../../sql/query-walk.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";

/** More than this is written by a program: the text differs with every length of the list. */
const LARGE_LIST = 200;

const listLength = (expression: Expression): number => (expression.kind === "in" ? expression.operands.length - 1 : 0);

/** A list of values in the text of a statement. */
export const largeInList = statementRule({
  id: "queries/large-in-list",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql", "mariadb", "sqlite", "transactsql"],
  on: queryKinds,
  severity: "notice",
  sized: false,
  effect: text`The whole list is parsed and planned each time, and every length of it is another statement to the caches of plans and statistics.`,
  look: (statement, surroundings) =>
    standingLevels(statement, surroundings)
      .flatMap(expressions)
      .flatMap(parts)
      .map(listLength)
      .filter((length) => length > LARGE_LIST)
      .map((length) => ({
        what: text`IN with ${length} values`,
        help:
          statement.dialect === "postgresql"
            ? text`Give them as one parameter: ${"WHERE id = ANY ($1)"} with an array.`
            : text`Put them in a (temporary) table and join it, or go through them in batches of a fixed length.`,
      })),
});
