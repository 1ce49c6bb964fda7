import { addedColumns } from "./added-columns.js";
import { genericType } from "./generic-alterations.js";
import { child, children, findNodes, type GenericNode, genericColumn, word } from "./generic-tree.js";
import { type ColumnDef, findAll, names, nodes } from "./postgres-tree.js";
import { genericTable, type ParsedStatement, postgresTable, type Table } from "./tables.js";

/** A column of a new table, or one that is added to a table. */
export interface NewColumn {
  readonly table: Table;
  readonly column: string;
  readonly type: string;
}

const SMALL: Readonly<Record<string, string>> = {
  int2: "smallint",
  int4: "integer",
  serial: "serial",
  serial4: "serial",
  serial2: "smallserial",
  smallserial: "smallserial",
  INT: "INT",
  INTEGER: "INT",
  MEDIUMINT: "MEDIUMINT",
  SMALLINT: "SMALLINT",
  TINYINT: "TINYINT",
};

const typeOf = (column: ColumnDef): string => names(column.typeName?.names).at(-1) ?? "";

const isPrimary = (column: ColumnDef, keys: readonly string[]): boolean =>
  keys.includes(column.colname ?? "") || nodes(column.constraints, "Constraint").some(({ contype }) => contype === "CONSTR_PRIMARY");

function postgresKeys(tree: unknown): readonly NewColumn[] {
  return findAll(tree, "CreateStmt").flatMap(({ relation, tableElts }) => {
    const table = postgresTable(relation);
    const constraints = nodes(tableElts, "Constraint").filter(({ contype }) => contype === "CONSTR_PRIMARY");
    // A key of several columns is mostly made of references: its parts are keys elsewhere.
    const keys = constraints.map(({ keys: columns }) => names(columns)).filter((columns) => columns.length === 1);
    const primary = nodes(tableElts, "ColumnDef").filter((column) => isPrimary(column, keys.flat()));
    return primary.flatMap((column) => (table ? [{ table, column: column.colname ?? "", type: typeOf(column) }] : []));
  });
}

function genericKeys(create: GenericNode): readonly NewColumn[] {
  const table = genericTable(create, "table");
  const definitions = children(create, "create_definitions");
  const lists = definitions
    .filter((definition) => word(definition, "constraint_type")?.toLowerCase() === "primary key")
    .map((definition) => children(definition, "definition").map(genericColumn))
    .filter((columns) => columns.length === 1);
  const named = new Set(lists.flat());
  return definitions.flatMap((definition) => {
    const column = genericColumn(child(definition, "column"));
    const type = genericType(child(definition, "definition"))?.name ?? "";
    const primary = word(definition, "primary_key") !== null || named.has(column);
    return table && column !== null && primary ? [{ table, column, type }] : [];
  });
}

/** Primary keys of one column of 32 bits or less, in tables that a statement creates. */
export function smallKeys({ tree, dialect }: ParsedStatement): readonly NewColumn[] {
  const creates = (): readonly GenericNode[] => findNodes(tree, "create").filter((create) => word(create, "keyword") === "table");
  const keys = dialect === "postgresql" ? postgresKeys(tree) : creates().flatMap(genericKeys);
  return keys.flatMap((key) => {
    const type = Object.hasOwn(SMALL, key.type) ? SMALL[key.type] : undefined;
    return type === undefined ? [] : [{ ...key, type }];
  });
}

/** Columns of PostgreSQL's type json that a statement makes. */
export function jsonColumns(statement: ParsedStatement): readonly NewColumn[] {
  if (statement.dialect !== "postgresql") return [];
  const created = findAll(statement.tree, "CreateStmt").flatMap(({ relation, tableElts }) => {
    const table = postgresTable(relation);
    return nodes(tableElts, "ColumnDef").flatMap((column) =>
      table ? [{ table, column: column.colname ?? "", type: typeOf(column) }] : [],
    );
  });
  const added = addedColumns(statement).map(({ table, name, type }) => ({ table, column: name, type }));
  return [...created, ...added].filter(({ type }) => type === "json");
}
