import type { Config } from "../config/config.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Statements } from "../model/statements.js";
import { dialectOf, isSqlFile } from "../sql/dialect.js";
import { isMigration } from "../sql/migration-files.js";
import { isSchemaFile } from "../sql/migration-tools/wanted.js";
import { baseTree, type Tree } from "./tree.js";

const SETTING = "lock_timeout";

export type LockWaits = Pick<Statements, "limitsLockWaits" | "unlimitedMigrations">;

/**
 * Whether the base's files about its database, migrations and settings of tools, set lock_timeout; nothing
 * where there is no PostgreSQL migration yet, or not all of them were read.
 */
export function lockWaits(tree: Tree, snapshot: Snapshot, config: Config): LockWaits {
  // The base's tree has every changed file, and what a program sets for its own queries is another matter.
  const files = baseTree(tree, snapshot).files.filter(({ path }) => isSchemaFile(path, config.database.migrations));
  const isOne = (path: string): boolean =>
    isSqlFile(path) && isMigration(path, config.database.migrations) && dialectOf(path, config.database.dialect) === "postgresql";
  if (files.some(({ text = "" }) => text.toLowerCase().includes(SETTING))) return { limitsLockWaits: true };
  const migrations = files.filter(({ path }) => isOne(path));
  const known = migrations.length > 0 && tree.incomplete === undefined && migrations.every(({ text }) => text !== undefined);
  return known ? { limitsLockWaits: false, unlimitedMigrations: migrations.length } : {};
}
