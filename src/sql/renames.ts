import { genericAlterations } from "./generic-alterations.js";
import { child, children, findNodes, genericColumn, word } from "./generic-tree.js";
import { findAll } from "./postgres-tree.js";
import { type ParsedStatement, postgresTable, type Table } from "./tables.js";

/** A table or one of its columns that gets another name. */
export interface Rename {
  readonly table: Table;
  /** The column's old name; null when the table itself is renamed. */
  readonly column: string | null;
  readonly to: string;
}

function postgresRenames(tree: unknown): readonly Rename[] {
  return findAll(tree, "RenameStmt").flatMap(({ renameType, relationType, relation, subname, newname }): readonly Rename[] => {
    const table = postgresTable(relation);
    if (!table || newname === undefined) return [];
    if (renameType === "OBJECT_TABLE") return [{ table, column: null, to: newname }];
    const isColumn = renameType === "OBJECT_COLUMN" && relationType === "OBJECT_TABLE" && subname !== undefined;
    return isColumn ? [{ table, column: subname, to: newname }] : [];
  });
}

/** MySQL's `RENAME TABLE a TO b, c TO d`. */
const renamedTables = (tree: unknown): readonly Rename[] =>
  findNodes(tree, "rename").flatMap((rename) => {
    const pairs: readonly unknown[] = Array.isArray(rename.table) ? rename.table : [];
    return pairs.flatMap((pair) => {
      const [from, to] = children({ pair }, "pair");
      const name = from ? word(from, "table") : null;
      const target = to ? word(to, "table") : null;
      return from && name !== null && target !== null ? [{ table: { schema: word(from, "db"), name }, column: null, to: target }] : [];
    });
  });

function genericRenames(statement: ParsedStatement): readonly Rename[] {
  const altered = genericAlterations(statement).flatMap(({ table, action, resource, column, part }): readonly Rename[] => {
    if (action === "rename" && resource === "table") return [{ table, column: null, to: word(part, "table") ?? "" }];
    const old = genericColumn(child(part, "old_column"));
    return old !== null && column !== null && old !== column ? [{ table, column: old, to: column }] : [];
  });
  return [...altered, ...renamedTables(statement.tree)];
}

/** The tables and columns that a statement renames; views, indexes and constraints are left out. */
export function renamesOf(statement: ParsedStatement): readonly Rename[] {
  return statement.dialect === "postgresql" ? postgresRenames(statement.tree) : genericRenames(statement);
}
