import { type Text, text } from "../model/text.js";
import { namedTables } from "../sql/table-references.js";
import type { NotApplied } from "./planner.js";
import type { Tree } from "./tree.js";

const WORD = /[\p{L}_][\p{L}\p{N}_$]{0,62}/gu;

/**
 * Why the schema of a statement's tables is not certain: a migration that names one of them could not be applied.
 * Null where none does. A file whose text is not known is taken to name none: its failure is noted elsewhere.
 */
export function uncertainTables(notApplied: readonly NotApplied[], tree: Tree | null): (statement: unknown) => Text | null {
  const files = notApplied.map(({ path, message }) => {
    const source = tree?.files.find((file) => file.path === path)?.text ?? "";
    return { path, message, words: new Set([...source.matchAll(WORD)].map(([word]) => word)) };
  });
  return (statement) => {
    if (files.length === 0) return null;
    const tables = namedTables(statement).flatMap(({ relname }) => relname ?? []);
    for (const { path, message, words } of files) {
      const table = tables.find((name) => words.has(name));
      if (table !== undefined) return text`${path} could not be applied (${message}), so ${table} may be another table in production`;
    }
    return null;
  };
}
