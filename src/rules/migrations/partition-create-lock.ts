import { statement as copied, text } from "../../model/text.js";
import { relationOf } from "../../sql/catalogue.js";
import { droppedTables } from "../../sql/drops.js";
import { type PartitionChange, partitionChanges } from "../../sql/partitions.js";
import { quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

function created({ verb, parent, partition }: PartitionChange): readonly Hit[] {
  if (verb !== "create") return [];
  const [table, child] = [quotedTable(parent), quotedTable(partition)];
  const form = `CREATE TABLE ${child} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS); ALTER TABLE ${table} ATTACH PARTITION ${child} FOR VALUES …;`;
  return [
    {
      what: text`CREATE TABLE ${tableName(partition)} PARTITION OF ${tableName(parent)}`,
      table: parent,
      claims: { lock: "ACCESS EXCLUSIVE" },
      help: text`Create it alone and attach it, which lets reads and writes of the parent go on: ${copied(form)}`,
    },
  ];
}

/** DROP TABLE of what the base knows as a partition; its parent is locked with it. */
function dropped(table: Table, { schema }: Surroundings): readonly Hit[] {
  const parent = schema && relationOf(schema.base, table)?.partitionOf;
  if (!parent) return [];
  const form = `ALTER TABLE ${quotedTable(parent)} DETACH PARTITION ${quotedTable(table)} CONCURRENTLY; DROP TABLE ${quotedTable(table)};`;
  return [
    {
      what: text`DROP TABLE of ${tableName(table)}, a partition of ${tableName(parent)}`,
      table: parent,
      help: text`Detach it first, outside a transaction (PostgreSQL 14 and later): ${copied(form)}`,
    },
  ];
}

/** A partition that is made or dropped while its parent is locked. */
export const partitionCreateLock = statementRule({
  id: "migrations/partition-create-lock",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["CreateStmt", "AT_AttachPartition", "OBJECT_TABLE"],
  severity: "notice",
  sized: false,
  effect: text`It takes an ACCESS EXCLUSIVE lock on the parent: short, but it waits for every query on any partition, and every later one waits behind it.`,
  look: (statement, surroundings) => [
    ...partitionChanges(statement).flatMap(created),
    ...droppedTables(statement).flatMap(({ table }) => dropped(table, surroundings)),
  ],
});
