import type { CollectedEvidence } from "../model/evidence.js";
import { text } from "../model/text.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";
import { named, sourceFiles, statementFiles, statementsSeen } from "./examine-sources.js";

/** Where frameworks keep migrations that are no SQL files (Django, Rails, Alembic, Knex, TypeORM, Laravel). */
const MIGRATION_FOLDER = /(?:^|\/)(?:migrations?|db\/migrate|alembic\/versions)\//i;

/** The dialects whose locks and rewrites rules are about. */
const KNOWN: ReadonlySet<string> = new Set(["postgresql", "mysql", "mariadb", "sqlite"]);

/**
 * Migrations in `.sql` files, and SQL in those of a programming language. Of dialects that the rules know little
 * of they look at data changes and names only, and what a framework does beside its SQL is not read: neither is
 * called passed.
 */
export function migrationsSafe(evidence: CollectedEvidence): Examination {
  const migrations = statementFiles(evidence).filter((file) => file.kind === "migration");
  const inSource = sourceFiles(evidence).filter((file) => MIGRATION_FOLDER.test(file.path));
  const unread = text`of migrations in source code only SQL in strings is read: ${named(inSource.map((file) => file.path))}`;
  if (migrations.length === 0) {
    const changed = evidence.changes.status === "collected" ? evidence.changes.value.files.length : 0;
    return inSource.length > 0 ? partial(unread) : notApplicable(text`no SQL migration among the ${count(changed, "changed file")}`);
  }
  const { seen, gap } = statementsSeen(migrations);
  const other = migrations.find((file) => !KNOWN.has(file.dialect));
  if (gap) return partial(gap, seen);
  if (other)
    return partial(text`most migration rules know PostgreSQL, MySQL, MariaDB and SQLite only; ${other.path} is ${[other.dialect]}`, seen);
  return inSource.length > 0 ? partial(unread, seen) : complete(seen);
}
