import type { Config } from "../../../src/config/config.js";
import { parseConfiguration } from "../../../src/config/parse.js";
import type { ParseSql } from "../../../src/evidence/sources.js";
import { collectStatements } from "../../../src/evidence/statements.js";
import type { Finding } from "../../../src/model/rule.js";
import type { Statement, Statements } from "../../../src/model/statements.js";
import { text } from "../../../src/model/text.js";
import { runRules } from "../../../src/review/run-rules.js";
import { rules } from "../../../src/rules/registry.js";
import type { SqlFile } from "./corpus.js";

/** A migration as a pull request that adds it and nothing else would be judged. */
export interface JudgedFile {
  readonly path: string;
  readonly statements: Statements | null;
  readonly findings: readonly Finding[];
  /** What each statement is found guilty of when the others of its file are only its surroundings. */
  readonly each: readonly { readonly statement: Statement; readonly rules: readonly string[] }[];
}

export function defaults(): Config {
  const parsed = parseConfiguration("", "redline.yml");
  if ("config" in parsed) return parsed.config;
  throw new Error("the defaults are not a valid configuration");
}

const NOTHING = { status: "absent", reason: text`not part of this` } as const;

/** Every rule on these statements alone. */
export function findingsOf(statements: Statements): readonly Finding[] {
  const evidence = {
    changes: NOTHING,
    statements: { status: "collected", value: statements } as const,
    results: NOTHING,
    comparisons: NOTHING,
    budgets: NOTHING,
    plans: NOTHING,
    source: NOTHING,
    runtime: NOTHING,
    coverage: NOTHING,
  };
  return runRules(rules, evidence, {}, (rule, error) => {
    throw new Error(`${rule} failed`, { cause: error });
  }).findings;
}

const added = (files: readonly SqlFile[]) => ({
  draft: false,
  base: { sha: "b", ref: "main" },
  mergeBase: { sha: "m" },
  head: { sha: "h" },
  files: files.map(({ path, sql }) => ({ path, head: sql, status: "added" as const })),
});

/** The statements of added files, as a review sees them. */
export async function statementsOf(files: readonly SqlFile[], parseSql: ParseSql, config: Config): Promise<Statements | null> {
  const collected = await collectStatements(added(files), { parseSql, readSources: async () => [] }, config);
  return collected.status === "collected" ? collected.value : null;
}

/** One statement, with the rest of its file as what is known besides. */
const alone = (statements: Statements, statement: Statement): Statements => ({
  ...statements,
  files: statements.files.map((file) => ({ ...file, statements: [statement] })),
});

export async function judge(file: SqlFile, parseSql: ParseSql, config: Config): Promise<JudgedFile> {
  const statements = await statementsOf([file], parseSql, config);
  if (statements === null) return { path: file.path, statements, findings: [], each: [] };
  const findings = findingsOf(statements);
  const all = statements.files.flatMap((one) => one.statements);
  const each = all.map((statement) => ({
    statement,
    rules: [
      ...findingsOf(alone(statements, statement)).map(({ rule }) => rule),
      ...findings.filter(({ at }) => at !== undefined && at.line >= statement.line && at.line <= statement.endLine).map(({ rule }) => rule),
    ],
  }));
  return { path: file.path, statements, findings, each };
}
