import { statement as copied, text } from "../../model/text.js";
import { alterationsOf } from "../../sql/alterations.js";
import { relationOf } from "../../sql/catalogue.js";
import { type PartitionChange, partitionChanges } from "../../sql/partitions.js";
import { isSameTable, type ParsedStatement, quoted, quotedTable, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** A CHECK that may prove the bounds: whether it does, only the database can tell. */
function hasCheck({ partition }: PartitionChange, { schema, all }: Surroundings): boolean {
  const known = schema && relationOf(schema.base, partition);
  if (known?.checks.some(({ validated }) => validated)) return true;
  return all
    .flatMap(alterationsOf)
    .some(({ table, constraint }) => constraint?.contype === "CONSTR_CHECK" && isSameTable(table, partition));
}

function hit(change: PartitionChange, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const { verb, parent, partition } = change;
  if (verb !== "attach" || (!statement.observed && hasCheck(change, surroundings))) return [];
  const on = `ALTER TABLE ${quotedTable(partition)}`;
  const check = quoted(`${partition.name}_bounds`);
  const form = `${on} ADD CONSTRAINT ${check} CHECK (…) NOT VALID; ${on} VALIDATE CONSTRAINT ${check};`;
  return [
    {
      what: text`ATTACH PARTITION ${tableName(partition)} to ${tableName(parent)}`,
      table: partition,
      claims: { scan: true },
      help: text`Prove the bounds first with a CHECK that says the same, NOT NULL of the key included, and validate it in a transaction of its own; then nothing is read: ${copied(form)} Drop it after the ATTACH.`,
    },
  ];
}

/** A table that is read as a whole before it becomes a partition. */
export const partitionAttachScan = statementRule({
  id: "migrations/partition-attach-scan",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CreateStmt", "AT_AttachPartition"],
  severity: "warning",
  sized: true,
  effect: text`PostgreSQL reads every row of the new partition under an ACCESS EXCLUSIVE lock on it, unless a valid CHECK proves that all of them are within the bounds; the parent stays usable.`,
  look: (statement, surroundings) => partitionChanges(statement).flatMap((change) => hit(change, statement, surroundings)),
});
