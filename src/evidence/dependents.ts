import type { Config } from "../config/config.js";
import type { SchemaChange } from "../model/plan.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Statement } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { isPlannable } from "../sql/query-kind.js";
import { usesAny } from "../sql/readers.js";
import type { ParsedStatement } from "../sql/tables.js";
import { extractStatements, pathKind, type Readers } from "./extracted.js";
import type { Sources } from "./sources.js";

/** Where unchanged statements are looked for. */
export interface Repository {
  readonly sources: Pick<Sources, "tree"> & Readers;
  readonly snapshot: Snapshot;
  readonly config: Config;
}

export interface Dependents {
  readonly statements: readonly ParsedStatement[];
  /** What was not looked at. */
  readonly notes: readonly Text[];
}

/** Files that name a table, and statements that use it, of one review. */
const FILES = 400;
const STATEMENTS = 400;

const NONE: Dependents = { statements: [], notes: [] };

const isQuery = (statement: Statement): statement is ParsedStatement =>
  statement.state === "parsed" && statement.dialect === "postgresql" && isPlannable(statement.tree);

/** A new index takes nothing from a statement. */
export const takesAway = ({ kind }: SchemaChange): boolean => kind !== "index added";

/** Whether a statement uses one of the tables that something was taken from, itself or through a view or a function. */
export const usesChanged = ({ tree }: ParsedStatement, changes: readonly SchemaChange[]): boolean => usesAny(tree, changes);

/** The files whose text holds the name of such a table, or of what reads it: only these are taken apart. */
function naming(files: readonly { readonly path: string; readonly text?: string }[], changes: readonly SchemaChange[]) {
  const names = [...new Set(changes.flatMap(({ relation, through = [] }) => [relation, ...through].map(({ name }) => name.toLowerCase())))];
  return files.flatMap(({ path, text: source }) => {
    if (source === undefined) return [];
    const lower = source.toLowerCase();
    return names.some((name) => lower.includes(name)) ? [{ path, text: source }] : [];
  });
}

/**
 * The statements of the repository at the head, changed or not, that use a table from which the schema change takes
 * something. Bounded in files and statements; what is left out is noted.
 */
export async function findDependents(changes: readonly SchemaChange[], { sources, snapshot, config }: Repository): Promise<Dependents> {
  const taken = changes.filter(takesAway);
  if (taken.length === 0) return NONE;
  const tree = await sources.tree(snapshot, (path) => pathKind(path, config)?.kind === "query");
  if (tree.status === "absent") return { ...NONE, notes: [text`unchanged statements were not looked for: ${tree.reason}`] };
  const files = naming(tree.value.files, taken);
  const extracted = await extractStatements(files.slice(0, FILES), sources, config);
  const found = extracted
    .filter(({ kind }) => kind === "query")
    .flatMap(({ statements }) => statements.filter(isQuery).filter((statement) => usesChanged(statement, taken)));
  return {
    statements: found.slice(0, STATEMENTS),
    notes: [
      ...(tree.value.incomplete === undefined ? [] : [text`not all files were looked through: ${tree.value.incomplete}`]),
      ...(files.length > FILES ? [text`${files.length - FILES} more files name a changed table and were not read`] : []),
      ...(found.length > STATEMENTS ? [text`${found.length - STATEMENTS} more statements use a changed table and were not planned`] : []),
    ],
  };
}
