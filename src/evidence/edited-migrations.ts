import type { Config } from "../config/config.js";
import type { EditedMigration } from "../model/evidence.js";
import type { ChangedFile } from "../model/pull-request.js";
import { dialectOf, isSqlFile } from "../sql/dialect.js";
import { canonical } from "../sql/lexer.js";
import { isDownFile, isMigration, isRepeatable, migrationVersion } from "../sql/migration-files.js";

function firstDifference(base: string, head: string): number {
  const before = base.split("\n");
  const place = head.split("\n").findIndex((line, index) => line !== before[index]);
  return place < 0 ? 1 : place + 1;
}

function isAnother({ path, base, head }: ChangedFile, config: Config): boolean {
  if (base === undefined || head === undefined) return base !== head;
  const dialect = dialectOf(path, config.database.dialect) ?? config.database.dialect;
  return canonical(base, dialect) !== canonical(head, dialect);
}

/**
 * What was done to a migration that the base holds; null for what is no migration, is new, or says the same
 * as before. Down migrations, repeatable ones, and a folder that moved as a whole do not count.
 */
export function editedMigration(file: ChangedFile, config: Config): EditedMigration | null {
  const { path, previousPath = path, status, base, head } = file;
  const isOne = isSqlFile(previousPath) && isMigration(previousPath, config.database.migrations);
  if (status === "added" || !isOne || isDownFile(previousPath) || isRepeatable(previousPath)) return null;
  if (status === "removed") return { path, how: "deleted", line: 1 };
  if (migrationVersion(path) !== migrationVersion(previousPath)) return { path, previousPath, how: "renamed", line: 1 };
  return isAnother(file, config) ? { path, how: "changed", line: firstDifference(base ?? "", head ?? "") } : null;
}
