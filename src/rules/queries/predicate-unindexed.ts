import type { Dialect } from "../../model/statements.js";
import { statement as copied, type Text, text } from "../../model/text.js";
import { quoted, quotedMysql } from "../../sql/tables.js";
import { type Unserved, unserved } from "../../sql/unserved.js";
import { planRule } from "../plan-rule.js";
import { standingLevels } from "../standing-queries.js";
import { statementRule } from "../statement-rule.js";
import { unindexed } from "../unindexed.js";

const ABOUT = {
  id: "queries/predicate-unindexed",
  answers: "queries/appropriate-indexes",
  severity: "warning",
  effect: text`Every row is read to find the few that match, on every call.`,
} as const;

/** A scan of fewer rows is not worth an index. */
const LARGE_ROWS = 100_000;

function createIndex({ relation, columns }: Unserved, dialect: Dialect): Text {
  const name = dialect === "sqlite" ? quoted : quotedMysql;
  const keys = columns.slice(0, 3);
  const index = name([relation.name, ...keys, "idx"].join("_").slice(0, 60));
  return text`${copied(`CREATE INDEX ${index} ON ${name(relation.name)} (${keys.map(name).join(", ")});`)}`;
}

/** Where nothing makes plans: what the definitions of a table that is known to be large tell alone. */
const byDefinitions = statementRule({
  ...ABOUT,
  dialects: ["mysql", "mariadb", "sqlite"],
  sized: false,
  look: (statement, surroundings) => {
    const { schema, rows } = surroundings;
    if (schema?.dialect !== statement.dialect) return [];
    return standingLevels(statement, surroundings)
      .flatMap((level) => unserved(level, schema.head))
      .filter(({ relation }) => (rows(relation) ?? 0) >= LARGE_ROWS)
      .map((found) => ({
        what: text`Reads all of ${found.relation.name}, where no index begins with ${found.columns.join(" or ")}`,
        table: found.relation,
        help: text`Create the index, if few rows match: ${createIndex(found, statement.dialect)}`,
      }));
  },
});

/** A condition that no index answers, on a large table. */
export const predicateUnindexed = {
  ...planRule({
    ...ABOUT,
    judges: "changed",
    look: (planned, plans) => unindexed(planned, plans, "predicate", text`it reads all of`),
  }),
  otherwise: byDefinitions,
};
