import { findAll, names, node } from "./postgres-tree.js";
import type { Table } from "./tables.js";

export interface DroppedObject extends Table {
  readonly concurrent: boolean;
}

/** What a PostgreSQL statement drops of one kind (`OBJECT_INDEX`, `OBJECT_TABLE`); also inside a DO block. */
export function droppedObjects(tree: unknown, kind: string): readonly DroppedObject[] {
  const drops = findAll(tree, "DropStmt").filter((drop) => drop.removeType === kind);
  return drops.flatMap((drop) =>
    (drop.objects ?? []).map((object) => {
      const path = names(node(object, "List")?.items ?? [object]);
      return { schema: path.at(-2) ?? null, name: path.at(-1) ?? "", concurrent: drop.concurrent === true };
    }),
  );
}
