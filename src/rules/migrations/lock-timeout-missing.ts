import { z } from "zod";
import type { Rule } from "../../model/rule.js";
import type { Statements } from "../../model/statements.js";
import { statement as copied, text } from "../../model/text.js";
import { setsLockTimeout } from "../../sql/lock-timeout.js";
import { stronglyLocked } from "../../sql/strong-locks.js";
import { includesTable, type ParsedStatement, rowsOf, type Table, tableName } from "../../sql/tables.js";

/** The parsed statements of PostgreSQL's migrations, each with the tables that are new to whoever uses the database. */
function migrated({
  files,
  createdTables,
  maybeCreatedTables,
}: Statements): readonly { statement: ParsedStatement; fresh: readonly string[] }[] {
  return files
    .filter(({ kind, dialect }) => kind === "migration" && dialect === "postgresql")
    .flatMap(({ statements, ownTables = [] }) => {
      const fresh = [...createdTables, ...maybeCreatedTables, ...ownTables];
      return statements.flatMap((statement) => (statement.state === "parsed" ? [{ statement, fresh }] : []));
    });
}

// Whoever has written so many migrations without it has a way to live with that; only a large table makes it news.
const HABIT = 20;
const LARGE_ROWS = 1_000_000;

const isNews = ({ unlimitedMigrations = 0, rows }: Statements, table: Table): boolean =>
  unlimitedMigrations < HABIT || (rowsOf(rows, table) ?? 0) >= LARGE_ROWS;

/** Strong locks are asked for, and no migration of the repository limits the wait: said once. */
export const lockTimeoutMissing: Rule<"statements"> = {
  id: "migrations/lock-timeout-missing",
  answers: "migrations/safe",
  needs: ["statements"],
  options: z.strictObject({}),
  check({ statements }) {
    const all = migrated(statements);
    // Not known is no finding: a tool may set it, and an earlier migration may.
    if (statements.limitsLockWaits !== false || all.some(({ statement }) => setsLockTimeout(statement) === true)) return [];
    const isHeld = (table: Table, fresh: readonly string[]): boolean => !includesTable(fresh, table) && isNews(statements, table);
    const first = all.find(({ statement, fresh }) => stronglyLocked(statement).some((table) => isHeld(table, fresh)));
    const table = first && stronglyLocked(first.statement).find((one) => isHeld(one, first.fresh));
    const suppressed = first?.statement.suppressions.find(({ rule }) => rule === "migrations/lock-timeout-missing")?.reason;
    if (!first || !table) return [];
    const { path, line, endLine } = first.statement;
    return [
      {
        severity: "notice",
        message: text`No migration of this repository sets lock_timeout, and this one locks ${tableName(table)}. While its lock waits for one long query, every later query on the table waits behind it.`,
        help: text`Set it once for all migrations, in the role or the connection that runs them (${copied("ALTER ROLE … SET lock_timeout = '5s';")}), or above the statement: ${copied("SET lock_timeout = '5s';")} A migration that gives up is run again.`,
        at: { path, line, endLine },
        ...(suppressed !== undefined && { suppressed }),
      },
    ];
  },
};
