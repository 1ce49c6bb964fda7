import { runnable } from "../sql/migration-tools/runnable.js";
import { split } from "../sql/split.js";
import type { NotApplied, SchemaFile } from "./planner.js";
import type { TreeFile } from "./tree.js";

/** Files of a schema in the order in which they are applied, and those of them whose text nobody has. */
export interface SchemaSide {
  readonly files: readonly SchemaFile[];
  readonly unread: readonly NotApplied[];
}

/** Empty migrations are usual, and do nothing. */
const holdsStatements = ({ sql }: SchemaFile): boolean => split(sql, "postgresql").length > 0;

/** What the planner is handed of these files: what runs of their texts, at its own place. */
export function schemaSide(files: readonly TreeFile[]): SchemaSide {
  const read = files
    .flatMap(({ path, sha, text }) => (text === undefined ? [] : [{ path, sha, sql: runnable(text) }]))
    .filter(holdsStatements);
  const unread = files.flatMap(({ path, text, unread: why }) =>
    text === undefined ? [{ path, message: `not read: ${why ?? "unknown"}` }] : [],
  );
  return { files: read, unread };
}
