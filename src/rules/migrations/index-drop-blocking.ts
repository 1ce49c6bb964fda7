import { statement as copied, text } from "../../model/text.js";
import { indexNamed } from "../../sql/catalogue.js";
import { createdIndexes, type DroppedIndex, droppedIndexes } from "../../sql/indexes.js";
import { isLockLimited } from "../../sql/lock-timeout.js";
import { rememberedAll } from "../../sql/remembered.js";
import { type ParsedStatement, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const LARGE_ROWS = 1_000_000;

const createdIn = rememberedAll(createdIndexes);

/** DROP INDEX does not say the table; these changes do when they build the index again. */
const builtAgainOn = ({ name }: DroppedIndex, { all }: Surroundings): Table | null =>
  createdIn(all).find((index) => index.name === name)?.table ?? null;

function hit(index: DroppedIndex, { observed }: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const known = surroundings.schema && indexNamed(surroundings.schema.base, index);
  // CONCURRENTLY is refused there, and an IF EXISTS that found nothing locked nothing.
  if (known?.relation.kind === "partitioned" || observed?.locks.length === 0) return [];
  const table = known ? { schema: index.schema, name: known.relation.name } : builtAgainOn(index, surroundings);
  const isLarge = table !== null && (surroundings.rows(table) ?? 0) >= LARGE_ROWS;
  const form = `DROP INDEX CONCURRENTLY ${quotedTable(index)};`;
  return [
    {
      what: text`DROP INDEX ${tableName(index)}${known && table ? text` of ${tableName(table)}` : []} without CONCURRENTLY`,
      table: known ? table : null,
      claims: { lock: "ACCESS EXCLUSIVE" },
      help: text`Use ${copied(form)} outside a transaction; where that is impossible${known ? [] : " (an index of a partitioned parent)"}, put ${"SET lock_timeout = '5s';"} above it and retry.`,
      severity: isLarge ? "warning" : "notice",
    },
  ];
}

/** An index dropped under the strongest lock, with nothing that limits the wait for it. */
export const indexDropBlocking = statementRule({
  id: "migrations/index-drop-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["OBJECT_INDEX"],
  severity: "notice",
  sized: false,
  effect: text`It takes an ACCESS EXCLUSIVE lock on the table: short, but it queues behind every long query, and every later read and write queues behind it.`,
  look: (statement, surroundings) => {
    if (isLockLimited(statement, surroundings.file)) return [];
    return droppedIndexes(statement).flatMap((index) => (index.concurrent ? [] : hit(index, statement, surroundings)));
  },
});
