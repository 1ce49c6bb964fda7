import type { FreshStatement, RuntimeCounts } from "../model/counts.js";
import type { Statement, Statements } from "../model/statements.js";
import { text } from "../model/text.js";
import { isPlannable } from "../sql/query-kind.js";
import { repaired } from "../sql/sent/repaired.js";
import { dialectOfSystem, sentStatements } from "../sql/sent/statement.js";
import type { ParsedSql, ParseSql } from "./sources.js";

/** New statements that are planned; those that run most often come first. */
const MOST = 100;

/** Statements of the change's files, by what is left of them without values: one that stands in a file is planned there. */
function inFiles(statements: Statements | null): ReadonlySet<string> {
  const all = (statements?.files ?? []).flatMap((file) => file.statements);
  return new Set(
    all.flatMap(({ bound, sql, dialect }) => sentStatements(bound ?? sql, dialect, "").map(({ statement }) => statement.fingerprint)),
  );
}

/** No repository can hold this path. */
const pathOf = (suite: string): string => `runtime://${suite}`;

interface Sent {
  readonly suite: string;
  readonly fresh: FreshStatement;
  readonly sql: string;
}

function placed({ suite, fresh, sql }: Sent, at: number): Omit<Statement, "state"> {
  const { entry, times, others, before, code } = fresh;
  return {
    path: pathOf(suite),
    line: at + 1,
    endLine: at + 1,
    sql,
    dialect: "postgresql",
    suppressions: [],
    sent: { entry, times, others, ...(code && { code }) },
    ...(before?.sql !== undefined && { before: repaired(before.sql) }),
  };
}

function statementOf(sent: Sent, at: number, answer: ParsedSql | undefined): readonly Statement[] {
  const place = placed(sent, at);
  const [parsed] = answer && "statements" in answer ? answer.statements : [];
  if (!parsed) return [{ ...place, state: "not-parsed", reason: text`it was not parsed` }];
  if ("error" in parsed) return [{ ...place, state: "not-parsed", reason: text`PostgreSQL's parser does not read it: ${parsed.error}` }];
  return isPlannable(parsed.tree) ? [{ ...place, state: "parsed", tree: parsed.tree }] : [];
}

/**
 * The statements that the tests of the head sent and the base's did not, as PostgreSQL plans them: an ORM's among them,
 * which stand in no file. Those of other databases, and those that a changed file holds, are left out.
 */
export async function statementsSent(
  runtime: RuntimeCounts | null,
  statements: Statements | null,
  parseSql: ParseSql,
): Promise<readonly Statement[]> {
  const known = inFiles(statements);
  const wanted = (runtime?.suites ?? [])
    .flatMap(({ suite, fresh }) => fresh.map((one) => ({ suite, fresh: one, sql: one.statement.sql })))
    .flatMap(({ sql, ...sent }): Sent[] => (sql === undefined ? [] : [{ ...sent, sql: repaired(sql) }]))
    .filter(({ fresh: { statement } }) => dialectOfSystem(statement.system) === "postgresql" && !known.has(statement.fingerprint))
    .slice(0, MOST);
  if (wanted.length === 0) return [];
  const answers = await parseSql(wanted.map(({ suite, sql }) => ({ path: pathOf(suite), dialect: "postgresql", sql })));
  return wanted.flatMap((sent, at) => statementOf(sent, at, answers[at]));
}
