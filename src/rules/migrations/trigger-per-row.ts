import { statement as copied, text } from "../../model/text.js";
import { findAll } from "../../sql/postgres-tree.js";
import { postgresTable, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

const LARGE_ROWS = 1_000_000;

/** A trigger that runs once for every row of a large table's writes. */
export const triggerPerRow = statementRule({
  id: "migrations/trigger-per-row",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CreateTrigStmt"],
  severity: "notice",
  sized: false,
  effect: text`It costs a function call for every row that is written from now on; to create it takes a SHARE ROW EXCLUSIVE lock, which waits for running writes, and every later one waits behind it.`,
  look: (statement, { rows }) =>
    findAll(statement.tree, "CreateTrigStmt").flatMap(({ trigname = "", relation, row }) => {
      const table = postgresTable(relation);
      if (!table || row !== true || (rows(table) ?? 0) < LARGE_ROWS) return [];
      const form = `CREATE TRIGGER ${quoted(trigname)} AFTER INSERT ON ${quotedTable(table)} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION …;`;
      return [
        {
          what: text`TRIGGER ${trigname} on ${tableName(table)} FOR EACH ROW`,
          table,
          help: text`Where it does not change the row itself, handle all rows of a statement at once: ${copied(form)}`,
        },
      ];
    }),
});
