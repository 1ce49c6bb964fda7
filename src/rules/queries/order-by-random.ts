import { text } from "../../model/text.js";
import { randomOrdersOf } from "../../sql/random-orders.js";
import { isLasting } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** Rows in random order, found by sorting all of them. */
export const orderByRandom = statementRule({
  id: "queries/order-by-random",
  answers: "queries/bounded",
  on: ["SelectStmt"],
  severity: "warning",
  sized: false,
  effect: text`It reads and sorts every matching row to pick a few, so it slows down as the table grows; no index can help.`,
  look: (statement, { file }) =>
    (file.kind === "query" || isLasting(statement) ? randomOrdersOf(statement) : []).map((name) => ({
      what: text`ORDER BY ${`${name}()`}`,
      help:
        statement.dialect === "postgresql"
          ? text`Jump to a random key (${"WHERE id >= $1 ORDER BY id LIMIT 1"} with a random number up to the largest id), or take ${"TABLESAMPLE SYSTEM (1)"}.`
          : text`Jump to a random key: ${"WHERE id >= ? ORDER BY id LIMIT 1"} with a random number up to the largest id.`,
    })),
});
