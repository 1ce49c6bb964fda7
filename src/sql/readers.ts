import type { Reader, RelationName } from "../model/catalogue.js";
import type { SchemaChange } from "../model/plan.js";
import { findAll, names } from "./postgres-tree.js";
import { namedTables } from "./table-references.js";
import { isSameTable, postgresTable, type Table } from "./tables.js";

const keyOf = ({ schema, name }: RelationName): string => JSON.stringify([schema, name]);

/** Views and functions that read the relation themselves, or read one that does. */
export function readersOf(relation: RelationName, readers: readonly Reader[]): readonly Reader[] {
  const found = new Set<Reader>();
  const keys = new Set([keyOf(relation)]);
  // Each round finds another reader, so there are no more rounds than readers.
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const reader of readers) {
      if (found.has(reader) || !reader.reads.some((read) => keys.has(keyOf(read)))) continue;
      found.add(reader);
      keys.add(keyOf(reader));
    }
  }
  return [...found];
}

function calledFunctions(tree: unknown): readonly Table[] {
  return findAll(tree, "FuncCall").flatMap(({ funcname }) => {
    const [name, schema = null] = [...names(funcname)].reverse();
    return name === undefined ? [] : [{ schema, name }];
  });
}

/** Whether a statement names the table that one of the changes is about, or a view or function that reads it. */
export function usesAny(tree: unknown, changes: readonly Pick<SchemaChange, "relation" | "through">[]): boolean {
  const tables = namedTables(tree).flatMap((range) => postgresTable(range) ?? []);
  const functions = changes.some(({ through }) => through !== undefined) ? calledFunctions(tree) : [];
  const isNamed = (name: RelationName): boolean => tables.some((table) => isSameTable(table, name));
  const isRead = (reader: Reader): boolean =>
    reader.kind === "view" ? isNamed(reader) : functions.some((called) => isSameTable(called, reader));
  return changes.some(({ relation, through = [] }) => isNamed(relation) || through.some(isRead));
}
