import type { Dialect } from "../model/statements.js";
import { findNodes, word } from "./generic-tree.js";
import { findAll, type RangeVar } from "./postgres-tree.js";
import { genericTable, postgresTable, type Table, tableName } from "./tables.js";

/** A table that a statement creates, in the words of {@link tableName}. */
export interface CreatedTable {
  readonly name: string;
  /** False for IF NOT EXISTS and for temporary tables: a table of that name may stand already. */
  readonly isNew: boolean;
}

const created = (table: Table | null, isNew: boolean): readonly CreatedTable[] => (table ? [{ name: tableName(table), isNew }] : []);

const ofRelation = (relation: RangeVar | undefined, ifNotExists: boolean | undefined): readonly CreatedTable[] =>
  created(postgresTable(relation), ifNotExists !== true && relation?.relpersistence !== "t");

const postgresCreated = (tree: unknown): readonly CreatedTable[] => [
  ...findAll(tree, "CreateStmt").flatMap((create) => ofRelation(create.relation, create.if_not_exists)),
  ...findAll(tree, "CreateTableAsStmt").flatMap((create) => ofRelation(create.into?.rel, create.if_not_exists)),
  ...findAll(tree, "SelectStmt").flatMap((select) => ofRelation(select.intoClause?.rel, false)),
];

const genericCreated = (tree: unknown): readonly CreatedTable[] =>
  findNodes(tree, "create")
    .filter((create) => word(create, "keyword") === "table")
    .flatMap((create) =>
      created(genericTable(create, "table"), word(create, "if_not_exists") === null && word(create, "temporary") === null),
    );

/** The tables that a statement creates; also inside a DO block. */
export function createdTables(tree: unknown, dialect: Dialect): readonly CreatedTable[] {
  return dialect === "postgresql" ? postgresCreated(tree) : genericCreated(tree);
}
