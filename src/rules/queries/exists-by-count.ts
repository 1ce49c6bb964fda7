import { statement as copied, text } from "../../model/text.js";
import { countedTests } from "../../sql/counted-tests.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";

/** Counting all to learn whether there is one. */
export const existsByCount = statementRule({
  id: "queries/exists-by-count",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql", "mariadb", "sqlite", "transactsql"],
  on: queryKinds,
  severity: "notice",
  sized: false,
  effect: text`It reads every matching row, where the first one answers the question.`,
  look: (statement, surroundings) =>
    standingLevels(statement, surroundings)
      .flatMap(countedTests)
      .map((operator) => ({
        what: text`count(…) ${[operator]}`,
        help: text`Ask whether there is one: ${copied("SELECT EXISTS (SELECT 1 FROM t WHERE …)")}. To learn whether a write met a row, read the number of rows that it affected.`,
      })),
});
