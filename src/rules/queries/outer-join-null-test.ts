import { statement as copied, text } from "../../model/text.js";
import { outerNulls } from "../../sql/outer-nulls.js";
import { quoted, quotedTable } from "../../sql/tables.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";

/** An anti-join that the planner does not recognise. */
export const outerJoinNullTest = statementRule({
  id: "queries/outer-join-null-test",
  answers: "queries/bounded",
  dialects: ["postgresql"],
  on: queryKinds,
  severity: "warning",
  sized: false,
  effect: text`PostgreSQL makes an anti-join only of a test of the joined column: by another one, although it is NOT NULL, all pairs are joined first and then thrown away.`,
  look: (statement, surroundings) => {
    const catalogue = surroundings.schema?.head;
    if (!catalogue) return [];
    return standingLevels(statement, surroundings)
      .flatMap((level) => outerNulls(level, catalogue))
      .map(({ relation, alias, tested, joined }) => ({
        what: text`LEFT JOIN of ${alias} is tested by ${`${alias}.${tested}`} IS NULL, and joined by ${`${alias}.${joined}`}`,
        help: text`Test the joined column, ${copied(`${quoted(alias)}.${quoted(joined)} IS NULL`)}, or ask for what is not there: ${copied(`WHERE NOT EXISTS (SELECT 1 FROM ${quotedTable(relation)} ${quoted(alias)} WHERE …)`)}`,
      }));
  },
});
