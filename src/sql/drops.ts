import { alterationsOf } from "./alterations.js";
import { genericAlterations } from "./generic-alterations.js";
import { children, findNodes, word } from "./generic-tree.js";
import { findAll, names, node } from "./postgres-tree.js";
import type { ParsedStatement, Table } from "./tables.js";

export interface DroppedTable {
  readonly table: Table;
  readonly ifExists: boolean;
}

function postgresDrops(tree: unknown): readonly DroppedTable[] {
  const drops = findAll(tree, "DropStmt").filter(({ removeType }) => removeType === "OBJECT_TABLE");
  return drops.flatMap(({ objects, missing_ok }) =>
    (objects ?? []).map((object) => {
      const path = names(node(object, "List")?.items ?? [object]);
      return { table: { schema: path.at(-2) ?? null, name: path.at(-1) ?? "" }, ifExists: missing_ok === true };
    }),
  );
}

const genericDrops = (tree: unknown): readonly DroppedTable[] =>
  findNodes(tree, "drop")
    .filter((drop) => word(drop, "keyword") === "table")
    .flatMap((drop) =>
      children(drop, "name").flatMap((place) => {
        const name = word(place, "table");
        return name === null ? [] : [{ table: { schema: word(place, "db"), name }, ifExists: word(drop, "prefix") !== null }];
      }),
    );

/** The tables that a statement drops; also inside a DO block. */
export function droppedTables({ tree, dialect }: ParsedStatement): readonly DroppedTable[] {
  return dialect === "postgresql" ? postgresDrops(tree) : genericDrops(tree);
}

export interface DroppedColumn {
  readonly table: Table;
  readonly column: string;
}

/** The columns that a statement drops; also inside a DO block. */
export function droppedColumns(statement: ParsedStatement): readonly DroppedColumn[] {
  const own = alterationsOf(statement).flatMap(({ table, command, name }) =>
    command === "AT_DropColumn" && name !== null ? [{ table, column: name }] : [],
  );
  const generic = genericAlterations(statement).flatMap(({ table, action, resource, column }) =>
    action === "drop" && resource === "column" && column !== null ? [{ table, column }] : [],
  );
  return [...own, ...generic];
}
