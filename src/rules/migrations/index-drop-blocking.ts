import { statement as copied, text } from "../../model/text.js";
import { createdIndexes, type DroppedIndex, droppedIndexes, setsLockTimeout } from "../../sql/indexes.js";
import { type ParsedStatement, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const LARGE_ROWS = 1_000_000;

/** Whether a lock_timeout set earlier in the file still holds at this statement. */
function isLockLimited(statement: ParsedStatement, { file }: Surroundings): boolean {
  let limited = false;
  for (const earlier of file.statements) {
    if (earlier === statement) break;
    if (earlier.state === "parsed") limited = setsLockTimeout(earlier) ?? limited;
  }
  return limited;
}

/** DROP INDEX does not say the table; these changes do when they build the index again. */
function tableOfIndex({ name }: DroppedIndex, { all }: Surroundings): Table | null {
  return all.flatMap(createdIndexes).find((index) => index.name === name)?.table ?? null;
}

function hit(index: DroppedIndex, surroundings: Surroundings): Hit {
  const table = tableOfIndex(index, surroundings);
  const isLarge = table !== null && (surroundings.rows(table) ?? 0) >= LARGE_ROWS;
  const form = `DROP INDEX CONCURRENTLY ${quotedTable(index)};`;
  return {
    what: text`DROP INDEX ${tableName(index)} without CONCURRENTLY`,
    help: text`Use ${copied(form)} outside a transaction; where that is impossible (an index of a partitioned parent), put ${"SET lock_timeout = '5s';"} above it and retry.`,
    severity: isLarge ? "warning" : "notice",
  };
}

/** An index dropped under the strongest lock, with nothing that limits the wait for it. */
export const indexDropBlocking = statementRule({
  id: "migrations/index-drop-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  severity: "notice",
  sized: false,
  effect: text`It takes an ACCESS EXCLUSIVE lock on the table: short, but it queues behind every long query, and every later read and write queues behind it.`,
  look: (statement, surroundings) => {
    if (isLockLimited(statement, surroundings)) return [];
    return droppedIndexes(statement).flatMap((index) => (index.concurrent ? [] : hit(index, surroundings)));
  },
});
