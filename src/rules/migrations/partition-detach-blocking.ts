import { statement as copied, text } from "../../model/text.js";
import { partitionChanges } from "../../sql/partitions.js";
import { quotedTable, tableName } from "../../sql/tables.js";
import { statementRule } from "../statement-rule.js";

/** A partition taken out with the whole table locked. */
export const partitionDetachBlocking = statementRule({
  id: "migrations/partition-detach-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["AT_DetachPartition"],
  severity: "warning",
  sized: true,
  effect: text`It takes an ACCESS EXCLUSIVE lock on the parent and the partition: it waits for every query on any partition, and every later one waits behind it.`,
  look: (statement) =>
    partitionChanges(statement).flatMap(({ verb, parent, partition, concurrent }) => {
      if (verb !== "detach" || concurrent) return [];
      const form = `ALTER TABLE ${quotedTable(parent)} DETACH PARTITION ${quotedTable(partition)} CONCURRENTLY;`;
      return [
        {
          what: text`DETACH PARTITION ${tableName(partition)} from ${tableName(parent)}`,
          table: parent,
          also: partition,
          claims: { lock: "ACCESS EXCLUSIVE" as const },
          help: text`Since PostgreSQL 14, and where there is no default partition: ${copied(form)} It cannot run in a transaction: give it a file of its own that the migration tool does not wrap in one.`,
        },
      ];
    }),
});
