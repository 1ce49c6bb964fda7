import { isSqlFile } from "../dialect.js";
import { isMigration } from "../migration-files.js";
import { codeLanguage } from "./code.js";

/** Files in which the tools say how they run, and of which database. */
const SETTINGS =
  /(?:^|\/)(?:migration_lock\.toml|schema\.prisma|_journal\.json|drizzle\.config\.[cm]?[jt]s|metadata\.toml|atlas\.sum|sqlc\.(?:ya?ml|json)|Cargo\.toml|knexfile\.[cm]?[jt]s|(?:ormconfig|data-source)\.(?:[cm]?[jt]s|json)|\.sequelizerc|schema\.rb|[VR][^/]*\.sql\.conf)$/;

/** Other people's code has migrations too. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|\.git)\//;

/** True for a file of other people's code that was checked in. */
export const isVendored = (path: string): boolean => FOREIGN.test(path);

/** True for a file that may say what the database holds. Of source code only migrations are. */
export function isSchemaFile(path: string, configured: readonly string[]): boolean {
  if (isVendored(path)) return false;
  return isSqlFile(path) || SETTINGS.test(path) || (codeLanguage(path) !== null && isMigration(path, configured));
}
