import { text } from "../../model/text.js";
import { queriesOf } from "../../sql/queries-of.js";
import { tableName } from "../../sql/tables.js";
import { unboundedTables } from "../../sql/unbounded.js";
import { queryKinds } from "../concerned.js";
import { type Surroundings, statementRule } from "../statement-rule.js";

/** Fewer rows than this are a few megabytes. */
const LARGE_ROWS = 100_000;

/** Every row of a large table, handed to the program. */
export const unboundedSelect = statementRule({
  id: "queries/unbounded-select",
  answers: "queries/bounded",
  files: "query",
  on: queryKinds,
  severity: "notice",
  sized: false,
  effect: text`The result grows with the table: all of it is read, sent and held in memory by whoever asked.`,
  look: (statement, { schema, rows }: Surroundings) =>
    queriesOf(statement)
      .flatMap((query) => unboundedTables(query, schema?.head ?? null))
      .flatMap((table) => {
        const count = rows(table) ?? 0;
        return count < LARGE_ROWS
          ? []
          : [
              {
                what: text`SELECT without LIMIT and without a narrowing condition from ${tableName(table)} (${[count.toLocaleString("en-US")]} rows)`,
                help: text`Read it in pages: ${"WHERE id > $1 ORDER BY id LIMIT 1000"}; or read it through a cursor, if a job needs all of it.`,
              },
            ];
      }),
});
