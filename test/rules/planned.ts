import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import { collectStatements } from "../../src/evidence/statements.js";
import type { IndexPurpose, Planned, Plans, ProvenIndex, SchemaChange, TableSize } from "../../src/model/plan.js";
import type { FindingOf, Rule } from "../../src/model/rule.js";
import type { Statement } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import { scansOf } from "../../src/sql/plan/scans.js";
import { sharedParser } from "../sandbox/shared-parser.js";
import { recordedPlan, shop, sizes } from "../sql/plan/plans.js";

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
  const collected = await collectStatements(snapshot, { parseSql: sharedParser, readSources: async () => [] }, parsed.config);
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

/** An index that the planner proved, with a recorded plan. */
export const proof = (table: string, purpose: IndexPurpose, to: string, ...keys: readonly string[]): ProvenIndex => ({
  sql: `CREATE INDEX CONCURRENTLY ${table}_${keys.join("_")}_idx ON ${table} (${keys.join(", ")});`,
  plan: recordedPlan(to),
  relation: { schema: "public", name: table },
  keys,
  purpose,
});

export const assumed = (sizes: readonly TableSize[]): readonly TableSize[] =>
  sizes.map((size) => ({ ...size, source: "assumed" as const }));

export const large = (sizes: readonly TableSize[]): readonly TableSize[] => sizes.map((size) => ({ ...size, rows: 12_000_000 }));

/** What a migration did, with its statement where it has one. */
export async function schemaChange(parts: Partial<SchemaChange>, sql?: string): Promise<SchemaChange> {
  const [statement] = sql === undefined ? [] : await statementsIn(sql, "db/migrations/0007_change.sql");
  const relation = { schema: "public", name: "orders" };
  const definition = "CREATE INDEX orders_status_idx ON public.orders USING btree (status)";
  return {
    kind: "index dropped",
    relation,
    name: "orders_status_idx",
    definition,
    columns: ["status"],
    statement: statement ?? null,
    ...parts,
  };
}

interface PlanCases {
  /** Each with the words that its message must hold. */
  readonly firing: readonly (readonly [name: string, one: () => Promise<Planned>, says: string])[];
  readonly silent: readonly (readonly [name: string, one: () => Promise<Planned>])[];
}

/** The firing and silent cases of a rule over plans: exactly one finding each, or none. */
export function describePlanRule(rule: Rule<"plans">, side: "changed" | "dependents", cases: PlanCases): void {
  const messages = async (one: () => Promise<Planned>) => {
    const plans = side === "changed" ? plansOf([await one()]) : plansOf([], [await one()]);
    return findingsOf(rule, plans).map((finding) => plain(finding.message));
  };
  describe(`${rule.id} finds`, () => {
    it.each(cases.firing)("%s", async (_, one, says) => {
      expect(await messages(one)).toEqual([expect.stringContaining(says)]);
    });
  });
  describe(`${rule.id} is silent about`, () => {
    it.each(cases.silent)("%s", async (_, one) => {
      expect(await messages(one)).toEqual([]);
    });
  });
}
