import { text } from "../../model/text.js";
import { castColumns } from "../../sql/cast-columns.js";
import { shortName } from "../../sql/scope.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";

/** A value of a wider type than the indexed column that it is compared with. */
export const implicitCast = statementRule({
  id: "queries/implicit-cast",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql", "mariadb"],
  on: queryKinds,
  severity: "warning",
  sized: false,
  effect: text`The database converts the column in every row to compare it, so the index is of no use.`,
  look: (statement, surroundings) => {
    const catalogue = surroundings.schema?.head;
    if (!catalogue || surroundings.schema?.dialect !== statement.dialect) return [];
    return standingLevels(statement, surroundings)
      .flatMap((level) => castColumns(level, catalogue, statement.dialect))
      .map(({ relation, column, index, other }) => ({
        what: text`${`${shortName(relation)}.${column.name}`} (${column.type}, index ${index.name}) is compared with ${[other]}`,
        help:
          statement.dialect === "postgresql"
            ? text`Give the value the column's type: ${`$1::${column.type}`}.`
            : text`Give it as a string: ${`${column.name} = '42'`}.`,
      }));
  },
});
