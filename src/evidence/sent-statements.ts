import type { FreshStatement, RuntimeCounts } from "../model/counts.js";
import type { RuntimeSource } from "../model/runtime.js";
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

/** Records that name the test, and keep the text as it was sent, come before what a server made of it. */
const BEST: readonly RuntimeSource[] = ["traces", "query-log", "plan-log", "statement-statistics"];

/** No repository can hold this path. */
const pathOf = (suite: string): string => `runtime://${suite}`;

interface Sent {
  readonly suite: string;
  readonly fresh: FreshStatement;
  readonly sql: string;
}

/** One record's word for each statement: the first. */
function onceEach(all: readonly Sent[]): readonly Sent[] {
  const first = new Map<string, Sent>();
  for (const sent of all) if (!first.has(sent.fresh.statement.fingerprint)) first.set(sent.fresh.statement.fingerprint, sent);
  return [...first.values()];
}

function placed({ suite, fresh, sql }: Sent, at: number): Omit<Statement, "state"> {
  const { entry, kind, times, others, before, code } = fresh;
  return {
    path: pathOf(suite),
    line: at + 1,
    endLine: at + 1,
    sql,
    dialect: "postgresql",
    suppressions: [],
    sent: { entry: kind === "suite" ? suite : entry, times, others, ...(code && { code }) },
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
  const fresh = [...(runtime?.suites ?? [])]
    .sort((one, other) => BEST.indexOf(one.source) - BEST.indexOf(other.source))
    .flatMap(({ suite, fresh: all }) => all.map((one) => ({ suite, fresh: one, sql: one.statement.sql })))
    .flatMap(({ sql, ...sent }): Sent[] => (sql === undefined ? [] : [{ ...sent, sql }]))
    .filter(({ fresh: { statement } }) => dialectOfSystem(statement.system) === "postgresql" && !known.has(statement.fingerprint));
  const wanted = onceEach(fresh)
    .slice(0, MOST)
    .map((sent) => ({ ...sent, sql: repaired(sent.sql) }));
  if (wanted.length === 0) return [];
  const answers = await parseSql(wanted.map(({ suite, sql }) => ({ path: pathOf(suite), dialect: "postgresql", sql })));
  return wanted.flatMap((sent, at) => statementOf(sent, at, answers[at]));
}
