import { genericHeld, genericReach, postgresHeld, postgresReach, type Reach } from "./conditions.js";
import { child, children, findNodes, type GenericNode, word } from "./generic-tree.js";
import { findAll, node } from "./postgres-tree.js";
import { genericTable, type ParsedStatement, postgresTable, type Table } from "./tables.js";

/** A statement that writes existing rows, or as many rows as a query finds. */
export interface Write {
  readonly verb: "UPDATE" | "DELETE" | "INSERT … SELECT";
  readonly table: Table | null;
  readonly reach: Reach;
  /** Columns of the table that its WHERE holds to constants. */
  readonly held: readonly string[];
  /** False for a WHERE that is missing, as against one that is always true. */
  readonly hasWhere: boolean;
}

function postgresInserts(tree: unknown): readonly Write[] {
  const local = new Set(findAll(tree, "CommonTableExpr").map((expression) => expression.ctename));
  return findAll(tree, "InsertStmt").flatMap((insert) => {
    const select = node(insert.selectStmt, "SelectStmt");
    if (!select || (!select.fromClause && select.op === "SETOP_NONE")) return [];
    // The target and what a CTE writes stand elsewhere: these are the tables that are read.
    const reads = findAll(insert, "RangeVar").some((table) => !local.has(table.relname));
    const reach = postgresReach(select.whereClause) === "named" ? "named" : "some";
    return reads
      ? [{ verb: "INSERT … SELECT" as const, table: postgresTable(insert.relation), reach, held: [], hasWhere: true } as const]
      : [];
  });
}

function postgresWrites(tree: unknown): readonly Write[] {
  const rows = (["UpdateStmt", "DeleteStmt"] as const).flatMap((kind) =>
    findAll(tree, kind).map((write) => ({
      verb: kind === "UpdateStmt" ? ("UPDATE" as const) : ("DELETE" as const),
      table: postgresTable(write.relation),
      reach: postgresReach(write.whereClause),
      held: postgresHeld(write.whereClause),
      hasWhere: write.whereClause !== undefined,
    })),
  );
  return [...rows, ...postgresInserts(tree)];
}

/** LIMIT, TOP, or a join that must match. */
function isBounded(write: GenericNode): boolean {
  const places = [...children(write, "table"), ...children(write, "from")];
  return child(write, "limit") !== null || places.some((place) => word(place, "type") === "expr" || child(place, "on") !== null);
}

function genericInsert(insert: GenericNode): readonly Write[] {
  const select = child(insert, "values");
  if (!select || word(select, "type") !== "select" || children(select, "from").length === 0) return [];
  const reach = genericReach(child(select, "where")) === "named" ? "named" : "some";
  return [{ verb: "INSERT … SELECT", table: genericTable(insert, "table"), reach, held: [], hasWhere: true }];
}

function genericWrites(tree: unknown): readonly Write[] {
  const rows = findNodes(tree, "update", "delete").map((write): Write => {
    const verb = word(write, "type") === "update" ? "UPDATE" : "DELETE";
    const where = child(write, "where");
    const reach = genericReach(where);
    const table = (verb === "DELETE" ? genericTable(write, "from") : null) ?? genericTable(write, "table");
    return { verb, table, reach: reach === "all" && isBounded(write) ? "some" : reach, held: genericHeld(where), hasWhere: where !== null };
  });
  return [...rows, ...findNodes(tree, "insert", "replace").flatMap(genericInsert)];
}

/** What a statement writes, at any depth; a query's own rows (VALUES, one constant row) do not count. */
export function writesOf(statement: ParsedStatement): readonly Write[] {
  return statement.dialect === "postgresql" ? postgresWrites(statement.tree) : genericWrites(statement.tree);
}
