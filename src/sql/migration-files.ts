import { matchesGlob } from "../config/glob.js";

/** Where the well-known tools keep migrations in SQL: Prisma, Diesel, goose, golang-migrate, sqlx, dbmate, Flyway, Drizzle, Supabase, Hasura, pop, synapse. */
const WELL_KNOWN: readonly string[] = [
  "**/migrations/**",
  "**/migration/**",
  "**/migrate/**",
  "**/schema/*/delta/**",
  "**/drizzle/**",
  "**/*.up.sql",
  "**/V*__*.sql",
  "**/R__*.sql",
];

/** True for a file that a migration tool applies, by the configured globs or else the well-known ones. */
export function isMigration(path: string, configured: readonly string[]): boolean {
  const globs = configured.length > 0 ? configured : WELL_KNOWN;
  return globs.some((glob) => matchesGlob(glob, path));
}

/** True for the way back: `down.sql`, `x.down.sql`, Flyway's `U1__x.sql`. It runs in an emergency, if ever. */
export function isDownFile(path: string): boolean {
  return /(?:^|[/.])down\.[^/]*$|(?:^|\/)U[\d._]+__[^/]*$/.test(path);
}

/** True for Flyway's `R__x.sql`, which is run again whenever it changes. */
export function isRepeatable(path: string): boolean {
  return /(?:^|\/)R__[^/]*$/.test(path);
}

/**
 * What tools know a migration by: the file's name, with its folder's where all files have the same one
 * (`20240101_init/migration.sql`). Folders above it may move.
 */
export function migrationVersion(path: string): string {
  const [folder = "", file = ""] = path.split("/").slice(-2);
  return /^V?\d/.test(file === "" ? folder : file) ? file || folder : `${folder}/${file}`;
}
