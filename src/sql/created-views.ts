import { child, children, findNodes, word } from "./generic-tree.js";
import { findAll } from "./postgres-tree.js";
import { type ParsedStatement, postgresTable, type Table } from "./tables.js";

function genericViews(tree: unknown): readonly Table[] {
  return findNodes(tree, "create")
    .filter((create) => word(create, "keyword") === "view")
    .flatMap((create) => {
      const view = child(create, "view") ?? children(create, "table")[0] ?? {};
      const name = word(view, "view") ?? word(view, "table");
      return name === null ? [] : [{ schema: word(view, "db"), name }];
    });
}

/** The views that a statement creates; also inside a DO block. */
export function createdViews({ tree, dialect }: ParsedStatement): readonly Table[] {
  if (dialect !== "postgresql") return genericViews(tree);
  return findAll(tree, "ViewStmt").flatMap(({ view }) => postgresTable(view) ?? []);
}
