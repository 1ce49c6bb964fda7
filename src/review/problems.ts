import { failingProblems } from "../evidence/failing-endpoints.js";
import type { Collected } from "../model/collected.js";
import type { Baseline, CollectedEvidence, Results } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import type { Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { isRule } from "../rules/registry.js";
import type { Configured } from "./configured.js";

const resultProblems = (results: Results, { config }: Configured): readonly Problem[] => [
  ...failingProblems(results, config),
  ...(results.problems ?? []),
  ...results.files.flatMap(({ file, run }) => [
    ...(run.noData ? [{ level: "error", code: "no-data", message: run.noData, file } as const] : []),
    ...run.problems.map((problem) => ({ file, ...problem })),
  ]),
];

const UNCHECKED = ["sql-not-read", "sql-not-parsed", "sql-not-run"] as const;

/** Problems that stand for SQL of this change that was not looked at. */
export const isUnchecked = (code: string): boolean => UNCHECKED.some((one) => one === code);

const sqlProblem = (
  code: (typeof UNCHECKED)[number],
  reason: Text,
  { path, line }: { readonly path: string; readonly line?: number },
): Problem => ({
  level: "warning",
  code,
  message: text`not checked: ${reason}`,
  remedy: text`look through it by hand; the gate does not know what it does`,
  file: path,
  ...(line !== undefined && { line }),
});

/** Changed migrations that the database did not run to their end: what they lock, and the schema after them, is not known. */
function notRun({ files, schema }: Statements): readonly Problem[] {
  if (schema.status === "absent") return [];
  const changed = new Set(files.flatMap(({ path, kind }) => (kind === "migration" ? [path] : [])));
  return schema.value.notApplied
    .filter(({ path }) => changed.has(path))
    .map(({ path, message }) => sqlProblem("sql-not-run", text`it could not be run to its end (${message})`, { path }));
}

/** Rules of the wrong database say nothing, or the wrong thing. */
const unclearDialect = ({ unclearDialect: named }: Statements): readonly Problem[] =>
  named
    ? [
        {
          level: "warning",
          code: "dialect-unclear",
          message: text`SQL was read as PostgreSQL's, although the repository names several databases: ${named}`,
          remedy: text`set database.dialect, or keep each database's SQL in a folder of its name`,
        },
      ]
    : [];

/** Everything in changed SQL that no rule could look at, one by one: the checklist's line has room for the first. */
const unreadSql = (statements: CollectedEvidence["statements"]): readonly Problem[] => {
  if (statements.status === "absent") return [];
  const parts = statements.value.files.flatMap((file) => [
    ...(file.unread ? [sqlProblem("sql-not-read", file.unread, file)] : []),
    ...file.statements.flatMap((one) => (one.state === "parsed" ? [] : [sqlProblem("sql-not-parsed", one.reason, one)])),
  ]);
  return [...unclearDialect(statements.value), ...parts, ...notRun(statements.value)];
};

/** A severity for a rule that does not exist would otherwise be kept in silence. */
const unknownRules = ({ config }: Configured, file: string): readonly Problem[] =>
  Object.keys(config.rules)
    .filter((id) => !isRule(id))
    .map((id) => ({
      level: "warning",
      code: "unknown-rule",
      message: text`there is no rule ${id}`,
      remedy: text`see docs/rules for the ids`,
      file,
    }));

/** Everything that a person should know about the inputs, in the order: configuration, SQL, baseline, results. */
export const listProblems = (
  configured: Configured,
  file: string,
  evidence: CollectedEvidence,
  baseline: Collected<Baseline>,
): readonly Problem[] => [
  ...configured.problems,
  ...unknownRules(configured, file),
  ...unreadSql(evidence.statements),
  ...(baseline.status === "collected" ? (baseline.value.problems ?? []) : []),
  ...(evidence.results.status === "collected" ? resultProblems(evidence.results.value, configured) : []),
];
