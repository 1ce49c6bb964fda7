import { statement as copied, join, text } from "../../model/text.js";
import { unlinked } from "../../sql/links.js";
import type { Leaf } from "../../sql/query.js";
import { queryKinds } from "../concerned.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";

const nameOf = (leaf: Leaf): string => leaf.alias || (leaf.kind === "table" ? leaf.table.name : "(query)");

/** Sources that no condition links: every row of one with every row of the other. */
export const cartesianJoin = statementRule({
  id: "queries/cartesian-join",
  answers: "queries/bounded",
  dialects: ["postgresql", "mysql", "mariadb", "transactsql"],
  on: queryKinds,
  severity: "warning",
  sized: false,
  effect: text`Each row of one is combined with each row of the other, so the work is the product of both.`,
  look: (statement, surroundings) =>
    standingLevels(statement, surroundings).flatMap((level) => {
      const groups = unlinked(level, surroundings.schema?.head ?? null);
      if (groups.length < 2) return [];
      const named = join(
        groups.map((leaf) => text`${nameOf(leaf)}`),
        " and ",
      );
      return [
        {
          what: text`no condition links ${named}`,
          help: text`Say how they belong together: ${copied("FROM a JOIN b ON b.a_id = a.id")}. If it is the last row of each that is wanted, use LATERAL; if one holds a single row, read it by its key.`,
        },
      ];
    }),
});
