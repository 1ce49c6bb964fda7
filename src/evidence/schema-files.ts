import { runnable } from "../sql/migration-tools/runnable.js";
import { templateSchema, withoutSchema } from "../sql/migration-tools/template-schema.js";
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

// What is made of a blob depends on the other files: another name for another text.
const fileOf = (path: string, sha: string, sql: string, schema: string | null): SchemaFile =>
  schema === null ? { path, sha, sql: runnable(sql) } : { path, sha: `${sha} ${schema}`, sql: runnable(withoutSchema(sql, schema)) };

/** What the planner is handed of these files: what runs of their texts, at its own place. */
export function schemaSide(files: readonly TreeFile[]): SchemaSide {
  const schema = templateSchema(files.flatMap(({ text }) => text ?? []));
  const read = files
    .flatMap(({ path, sha, text }) => (text === undefined ? [] : [fileOf(path, sha, text, schema)]))
    .filter(holdsStatements);
  const unread = files.flatMap(({ path, text, unread: why }) =>
    text === undefined ? [{ path, message: `not read: ${why ?? "unknown"}` }] : [],
  );
  return { files: read, unread };
}
