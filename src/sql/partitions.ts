import { type Alteration, alterationsOf } from "./alterations.js";
import { findAll, node, nodes } from "./postgres-tree.js";
import { type ParsedStatement, postgresTable, type Table } from "./tables.js";

/** A partition that a statement makes part of a table, or takes out of it. */
export interface PartitionChange {
  readonly verb: "attach" | "detach" | "create";
  readonly parent: Table;
  readonly partition: Table;
  readonly concurrent: boolean;
}

const VERBS: Readonly<Record<string, "attach" | "detach">> = { AT_AttachPartition: "attach", AT_DetachPartition: "detach" };

function altered({ command, table, definition }: Alteration): readonly PartitionChange[] {
  const verb = Object.hasOwn(VERBS, command) ? VERBS[command] : undefined;
  const part = node(definition, "PartitionCmd");
  const partition = postgresTable(part?.name);
  return verb && part && partition ? [{ verb, parent: table, partition, concurrent: part.concurrent === true }] : [];
}

function created(tree: unknown): readonly PartitionChange[] {
  return findAll(tree, "CreateStmt").flatMap(({ relation, inhRelations, partbound }) => {
    const partition = postgresTable(relation);
    const parent = postgresTable(nodes(inhRelations, "RangeVar")[0]);
    return partition && parent && partbound !== undefined ? [{ verb: "create" as const, parent, partition, concurrent: false }] : [];
  });
}

/** What a PostgreSQL statement does to partitions; also inside a DO block. */
export function partitionChanges(statement: ParsedStatement): readonly PartitionChange[] {
  if (statement.dialect !== "postgresql") return [];
  return [...alterationsOf(statement).flatMap(altered), ...created(statement.tree)];
}
