import type { ChangedFile } from "../model/pull-request.js";
import type { DeliveredSource, Dialect, StatementFile } from "../model/statements.js";
import { createdTables } from "../sql/created-tables.js";
import type { DeliveredFile } from "./delivered-sql.js";
import { findStatements, type Readers } from "./extracted.js";
import type { Found } from "./found.js";

const HEADER = /^--[ \t]{0,20}redline-source:[ \t]{0,20}([^\s:]{1,500})(?::(\d{1,7}))?[ \t\r]{0,20}$/;

/** What the header comments say: a file that the change does not hold cannot be pointed at. */
function sourcesOf(sql: string, changed: ReadonlySet<string>): readonly DeliveredSource[] {
  return sql.split("\n").flatMap((written, index) => {
    const [, path, line = "1"] = HEADER.exec(written) ?? [];
    if (path === undefined) return [];
    return [{ from: index + 1, path: changed.has(path) ? path : null, line: Math.max(1, Number(line)) }];
  });
}

const newTables = (found: readonly Found[]): readonly string[] =>
  found.flatMap(({ statement }) =>
    statement.state === "parsed"
      ? createdTables(statement.tree, statement.dialect).flatMap(({ name, isNew }) => (isNew ? [name] : []))
      : [],
  );

/**
 * The statements of migrations that the head's workflow handed in as SQL: all of them are new. Tables that they create
 * are new to themselves only, for nobody has seen that a statement of the repository meets them.
 */
export async function deliveredStatements(
  files: readonly DeliveredFile[],
  changes: readonly ChangedFile[],
  readers: Readers,
  dialect: Dialect,
): Promise<readonly StatementFile[]> {
  if (files.length === 0) return [];
  const given = files.map(({ path, text }) => ({ path, text, kind: "migration" as const, dialect }));
  const found = await findStatements(given, readers);
  const changed = new Set(changes.flatMap(({ path, status }) => (status === "removed" ? [] : [path])));
  const ownTables = [...new Set(found.flatMap((file) => newTables(file.found)))];
  return given.flatMap(({ path, text: sql, kind }, index): readonly StatementFile[] => {
    const { found: inFile = [], unread } = found[index] ?? {};
    if (inFile.length === 0 && !unread) return [];
    const statements = inFile.map(({ statement }) => statement);
    return [{ path, kind, dialect, statements, ownTables, delivered: sourcesOf(sql, changed), ...(unread && { unread }) }];
  });
}
