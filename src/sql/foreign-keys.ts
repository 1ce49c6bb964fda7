import { alterationsOf } from "./alterations.js";
import { findNodes, word } from "./generic-tree.js";
import { addedConstraints } from "./key-constraints.js";
import { type ColumnDef, type Constraint, findAll, names, node, nodes } from "./postgres-tree.js";
import { remembered } from "./remembered.js";
import { genericTable, type ParsedStatement, postgresTable, type Table } from "./tables.js";

/** A foreign key that a statement adds. */
export interface AddedForeignKey {
  readonly name: string | null;
  readonly child: Table;
  readonly columns: readonly string[];
  readonly parent: Table;
  /** Empty where the statement leaves them to the parent's primary key. */
  readonly parentColumns: readonly string[];
  /** CASCADE, SET NULL or SET DEFAULT on deletion: rows of the parent are meant to be deleted. */
  readonly actsOnDelete: boolean;
  /** Part of CREATE TABLE: there are no rows to look at. */
  readonly ofNewTable: boolean;
}

// NO ACTION and RESTRICT.
const PASSIVE: ReadonlySet<string> = new Set(["a", "r"]);

function keyOf(child: Table, constraint: Constraint, column: ColumnDef | null, ofNewTable: boolean): readonly AddedForeignKey[] {
  const parent = postgresTable(constraint.pktable);
  if (constraint.contype !== "CONSTR_FOREIGN" || !parent) return [];
  return [
    {
      name: constraint.conname ?? null,
      child,
      columns: column?.colname === undefined ? names(constraint.fk_attrs) : [column.colname],
      parent,
      parentColumns: names(constraint.pk_attrs),
      actsOnDelete: !PASSIVE.has(constraint.fk_del_action ?? "a"),
      ofNewTable,
    },
  ];
}

function ofCreated(tree: unknown): readonly AddedForeignKey[] {
  return findAll(tree, "CreateStmt").flatMap(({ relation, tableElts }) => {
    const child = postgresTable(relation);
    if (!child) return [];
    return (tableElts ?? []).flatMap((element) => {
      const column = node(element, "ColumnDef");
      const own = node(element, "Constraint");
      const constraints = own ? [own] : nodes(column?.constraints, "Constraint");
      return constraints.flatMap((constraint) => keyOf(child, constraint, column, true));
    });
  });
}

/** The foreign keys that a PostgreSQL statement adds, in CREATE TABLE and ALTER TABLE; also inside a DO block. */
export const addedForeignKeys = remembered((statement: ParsedStatement): readonly AddedForeignKey[] => {
  if (statement.dialect !== "postgresql") return [];
  const altered = alterationsOf(statement).flatMap((alteration) =>
    addedConstraints(alteration).flatMap((constraint) => keyOf(alteration.table, constraint, alteration.column, false)),
  );
  return [...ofCreated(statement.tree), ...altered];
});

/** The tables that a statement of another dialect creates or alters. */
export function definedTables({ tree, dialect }: ParsedStatement): readonly Table[] {
  const created = dialect === "postgresql" ? [] : findNodes(tree, "create").filter((create) => word(create, "keyword") === "table");
  return [...created, ...findNodes(tree, "alter")].flatMap((part) => genericTable(part, "table") ?? []);
}
