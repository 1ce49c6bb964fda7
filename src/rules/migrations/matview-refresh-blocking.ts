import { statement as copied, type Text, text } from "../../model/text.js";
import { relationOf } from "../../sql/catalogue.js";
import { findAll } from "../../sql/postgres-tree.js";
import { postgresTable, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Surroundings, statementRule } from "../statement-rule.js";

function help(view: Table, { schema }: Surroundings): Text {
  const refresh = text`${copied(`REFRESH MATERIALIZED VIEW CONCURRENTLY ${quotedTable(view)};`)}`;
  const known = schema && relationOf(schema.head, view);
  const isReady = known?.indexes.some(({ unique, predicate }) => unique && predicate === null) ?? false;
  if (isReady) return text`Readers keep the old rows meanwhile with ${refresh}`;
  const column = known?.columns[0]?.name;
  const index = `CREATE UNIQUE INDEX ON ${quotedTable(view)} (${column === undefined ? "…" : quoted(column)});`;
  return text`It needs a unique index over whole rows: ${copied(index)} Readers then keep the old rows meanwhile with ${refresh}`;
}

/** A materialized view that nobody can read while it is computed. */
export const matviewRefreshBlocking = statementRule({
  id: "migrations/matview-refresh-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["RefreshMatViewStmt"],
  severity: "warning",
  sized: true,
  effect: text`The view is computed anew under an ACCESS EXCLUSIVE lock: its readers wait for the whole query.`,
  look: (statement, surroundings) =>
    findAll(statement.tree, "RefreshMatViewStmt").flatMap(({ relation, concurrent, skipData }) => {
      const view = postgresTable(relation);
      if (!view || concurrent || skipData) return [];
      return [
        { what: text`REFRESH MATERIALIZED VIEW ${tableName(view)} without CONCURRENTLY`, table: view, help: help(view, surroundings) },
      ];
    }),
});
