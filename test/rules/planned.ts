import { afterAll, beforeAll } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import { collectStatements } from "../../src/evidence/statements.js";
import type { Planned, Plans } from "../../src/model/plan.js";
import type { FindingOf, Rule } from "../../src/model/rule.js";
import type { Statement } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import { createSqlParser } from "../../src/sandbox/sql.js";
import { scansOf } from "../../src/sql/plan/scans.js";
import { recordedPlan, shop, sizes } from "../sql/plan/plans.js";

let parser: ReturnType<typeof createSqlParser>;

/** Starts one parser for the tests of a file. */
export function withParser(): void {
  beforeAll(() => {
    parser = createSqlParser({ textMs: 20_000 });
  });
  afterAll(() => parser.close());
}

export const QUERY = "src/queries/orders.sql";

/** The statements of a file that was added, parsed by the real parser. */
export async function statementsIn(sql: string, path = QUERY): Promise<readonly Statement[]> {
  const parsed = parseConfiguration("", "redline.yml");
  if (!("config" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  const snapshot = {
    draft: false,
    base: { sha: "b", ref: "main" },
    mergeBase: { sha: "m" },
    head: { sha: "h" },
    files: [{ path, head: sql, status: "added" as const }],
  };
  const collected = await collectStatements(snapshot, { parseSql: parser, readSources: async () => [] }, parsed.config);
  if (collected.status === "absent") throw new Error(plain(collected.reason));
  return collected.value.files.flatMap((file) => file.statements);
}

type Case = Partial<Extract<Planned, { readonly state: "planned" }>> & {
  readonly sql: string;
  /** Names of recorded plans. */
  readonly from?: string;
  readonly to: string;
};

/** A statement with recorded plans of the shop. */
export async function planned({ sql, from, to, ...parts }: Case): Promise<Extract<Planned, { readonly state: "planned" }>> {
  const [statement] = await statementsIn(sql);
  if (!statement) throw new Error(`no statement in ${sql}`);
  const before = from === undefined ? null : recordedPlan(from);
  const after = recordedPlan(to);
  return {
    state: "planned",
    statement,
    sql,
    reason: before ? "modified" : "new",
    before,
    after,
    tables: sizes.filter((size) => sql.includes(size.relation.name)),
    proven: null,
    scans: scansOf(after, before, sizes, shop),
    doubts: [],
    ...parts,
  };
}

export const plansOf = (changed: readonly Planned[], dependents: readonly Planned[] = []): Plans => ({
  changed,
  dependents,
  statistics: text`exported on 2026-10-01`,
  planner: "PostgreSQL 18.6",
  notes: [],
});

/** What a rule finds in these plans. */
export const findingsOf = (rule: Rule<"plans">, plans: Plans): readonly FindingOf[] => rule.check({ plans }, rule.options.parse({}));
