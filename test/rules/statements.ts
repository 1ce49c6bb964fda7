import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import { collectStatements } from "../../src/evidence/statements.js";
import type { Observation } from "../../src/model/catalogue.js";
import type { FindingOf, Rule } from "../../src/model/rule.js";
import type { MigrationRun, Schema, StatementFile, Statements } from "../../src/model/statements.js";
import { plain } from "../../src/model/text.js";
import { sharedParser } from "../sandbox/shared-parser.js";

/** SQL files by path, or the text of one migration. */
export type Sql = string | Readonly<Record<string, string>>;

export const MIGRATION = "db/migrations/0007_change.sql";
export const QUERY = "src/queries/orders.sql";

/** What is known beside the text. */
export interface Known {
  readonly schema?: Schema;
  /** What the statements did, by their first line. */
  readonly observed?: Readonly<Record<number, Observation>>;
  readonly run?: MigrationRun;
  readonly unmentioned?: readonly string[];
  readonly limitsLockWaits?: boolean;
  readonly unlimitedMigrations?: number;
  /** What the file holds at the base, where it is edited. */
  readonly before?: string;
}

function withKnown(file: StatementFile, { observed, run }: Known): StatementFile {
  const statements = file.statements.map((statement) => {
    const seen = observed?.[statement.line];
    return statement.state === "parsed" && seen ? { ...statement, observed: seen } : statement;
  });
  return { ...file, statements, ...(run && { run }) };
}

function statementsWith(statements: Statements, known: Known): Statements {
  const files = statements.files.map((file) => withKnown(file, known));
  const { unmentioned, limitsLockWaits, unlimitedMigrations = 0 } = known;
  const searched = { ...(unmentioned && { unmentioned }), ...(limitsLockWaits !== undefined && { limitsLockWaits, unlimitedMigrations }) };
  return { ...statements, ...searched, files, ...(known.schema && { schema: { status: "collected", value: known.schema } }) };
}

/** What a rule finds in added files, all the way from their text. */
export async function findingsIn(rule: Rule, sql: Sql, configuration = "", known: Known = {}): Promise<readonly FindingOf[]> {
  const parsed = parseConfiguration(configuration, "redline.yml");
  if (!("config" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  const files = Object.entries(typeof sql === "string" ? { [MIGRATION]: sql } : sql);
  const snapshot = {
    draft: false,
    base: { sha: "b", ref: "main" },
    mergeBase: { sha: "m" },
    head: { sha: "h" },
    files: files.map(([path, head]) => ({
      path,
      head,
      ...(known.before === undefined ? { status: "added" as const } : { status: "modified" as const, base: known.before }),
    })),
  };
  const collected = await collectStatements(snapshot, { parseSql: sharedParser, readSources: async () => [] }, parsed.config);
  if (collected.status === "absent") throw new Error(plain(collected.reason));
  const unread = collected.value.files.flatMap((file) => [
    ...(file.unread ? [plain(file.unread)] : []),
    ...file.statements.flatMap((statement) => (statement.state === "parsed" ? [] : [plain(statement.reason)])),
  ]);
  expect(unread).toEqual([]);
  return rule.check({ statements: statementsWith(collected.value, known) } as never, rule.options.parse({}));
}

interface Cases {
  /** Each with the words that its message must hold. */
  readonly firing: readonly (readonly [name: string, sql: Sql, says: string, known?: Known])[];
  readonly silent: readonly (readonly [name: string, sql: Sql, known?: Known])[];
}

/** The firing and silent cases of a rule: exactly one finding each, or none. */
export function describeRule(rule: Rule, cases: Cases): void {
  describe(`${rule.id} finds`, () => {
    it.each(cases.firing.map(([name, sql, says, known = {}]) => [name, sql, says, known] as const))("%s", async (_, sql, says, known) => {
      const findings = await findingsIn(rule, sql, "", known);
      expect(findings.map((finding) => plain(finding.message))).toEqual([expect.stringContaining(says)]);
    });
  });
  describe(`${rule.id} is silent about`, () => {
    it.each(cases.silent.map(([name, sql, known = {}]) => [name, sql, known] as const))("%s", async (_, sql, known) => {
      expect((await findingsIn(rule, sql, "", known)).map((finding) => plain(finding.message))).toEqual([]);
    });
  });
}

export const rowsOf = (rows: number, table = "orders"): string => `database: { tables: { ${table}: { rows: ${rows} } } }`;
