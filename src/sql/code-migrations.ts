import { isMigration } from "./migration-files.js";

/** The numbers that tools put before a migration's name: `20240101_x.ts`, `0001_initial.py`, `V2__x.java`. */
const NUMBERED = /^(?:[VR]?\d|Version\d|[\da-f]{12}_)/;

/**
 * True for source code that a migration tool runs: Knex, TypeORM, Sequelize, Rails, Django, Alembic,
 * goose. The globs that say where migrations lie match the tool's own code as well, so without configured
 * ones the name must be a migration's.
 */
export function isCodeMigration(path: string, configured: readonly string[]): boolean {
  if (configured.length > 0) return isMigration(path, configured);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return NUMBERED.test(name) && (isMigration(path, []) || /(?:^|\/)versions\/[^/]+\.py$/.test(path));
}
