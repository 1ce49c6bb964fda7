import { node } from "./postgres-tree.js";

/** True for what PostgreSQL's EXPLAIN plans and a program runs: SELECT, INSERT, UPDATE, DELETE, MERGE. */
export function isPlannable(tree: unknown): boolean {
  const select = node(tree, "SelectStmt");
  if (select) return select.intoClause === undefined;
  return (["InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"] as const).some((kind) => node(tree, kind) !== null);
}

/** True for ORDER BY with LIMIT on the statement itself: which rows come first matters, and not all are wanted. */
export function isOrdered(tree: unknown): boolean {
  const select = node(tree, "SelectStmt");
  return select?.limitCount !== undefined && (select.sortClause ?? []).length > 0;
}
