import { statement as copied, text } from "../../model/text.js";
import { indexNamed } from "../../sql/catalogue.js";
import { findAll, type NodeOf } from "../../sql/postgres-tree.js";
import { postgresTable, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { isConcurrentReindex } from "../../sql/transactions.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const OBJECTS: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_INDEX: "INDEX",
  REINDEX_OBJECT_TABLE: "TABLE",
  REINDEX_OBJECT_SCHEMA: "SCHEMA",
  REINDEX_OBJECT_DATABASE: "DATABASE",
};

function tableOf(object: string, target: Table | null, { schema }: Surroundings): Table | null {
  if (object === "TABLE" || target === null) return target;
  return (schema && indexNamed(schema.base, target)?.relation) ?? null;
}

function hit(reindex: NodeOf<"ReindexStmt">, surroundings: Surroundings): readonly Hit[] {
  const object = OBJECTS[reindex.kind ?? ""];
  if (object === undefined || isConcurrentReindex(reindex.params)) return [];
  const target = postgresTable(reindex.relation);
  const name = target ?? { schema: null, name: reindex.name ?? "" };
  const table = tableOf(object, target, surroundings);
  return [
    {
      what: text`REINDEX ${[object]} ${tableName(name)} without CONCURRENTLY`,
      table,
      claims: { lock: "SHARE", scan: true },
      help: text`Rebuild it while reads and writes go on (PostgreSQL 12 and later), outside a transaction: ${copied(`REINDEX ${object} CONCURRENTLY ${quotedTable(name)};`)}`,
    },
  ];
}

/** A REINDEX that stops writes, and reads that would use the index. */
export const reindexBlocking = statementRule({
  id: "migrations/reindex-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["ReindexStmt"],
  severity: "warning",
  sized: true,
  effect: text`It takes a SHARE lock on the table and an ACCESS EXCLUSIVE lock on the index for the whole build: writes wait, and so does every query that could use the index.`,
  look: (statement, surroundings) =>
    statement.dialect === "postgresql" ? findAll(statement.tree, "ReindexStmt").flatMap((reindex) => hit(reindex, surroundings)) : [],
});
