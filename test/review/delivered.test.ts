import { describe, expect, it } from "vitest";
import type { Sources } from "../../src/evidence/sources.js";
import type { CollectedEvidence } from "../../src/model/evidence.js";
import type { Finding } from "../../src/model/rule.js";
import type { Schema, Statements } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import { besideDelivered } from "../../src/review/delivered.js";
import { review } from "../../src/review/review.js";
import { type Files, snapshotOf, treeOf } from "../evidence/schema-facts.js";
import { sharedParser } from "../sandbox/shared-parser.js";

const sources = (head: Files, delivered: Readonly<Record<string, string>>): Sources => ({
  configuration: async () => ({ path: ".github/redline.yml", text: "mode: blocking\n" }),
  statistics: async (path) => ({ path, text: null }),
  snapshot: async () => snapshotOf({}, head),
  parseSql: sharedParser,
  readSources: async (texts) => texts.map(() => ({ found: [], comments: [] })),
  readFacts: async () => [],
  planner: null,
  tree: async () => ({ status: "collected", value: treeOf(head) }),
  results: async () => ({
    status: "collected",
    value: {
      files: Object.entries(delivered).map(([file, sql]) => ({ file, run: { format: "sql", measurements: [], problems: [], sql } })),
    },
  }),
  baseline: async () => ({ status: "absent", reason: text`none` }),
  attestations: async () => [],
  override: async () => ({ override: null }),
});

async function findings(head: Files, delivered: Readonly<Record<string, string>>, rule = "migrations/index-create-blocking") {
  const { findings: all } = await review(sources(head, delivered), {
    waitUntil: () => null,
    today: "2026-01-05",
    onRuleError: (_, error) => {
      throw error;
    },
  });
  return all.flatMap((finding) => (finding.rule === rule ? [{ at: finding.at, says: plain(finding.message) }] : []));
}

const NONE = { status: "absent", reason: text`none` } as const;

function evidenceWith(from: { readonly delivered?: true }): CollectedEvidence {
  const schema: Schema = {
    base: { relations: [] },
    head: { relations: [] },
    dialect: "postgresql",
    source: text`x`,
    notApplied: [],
    ...from,
  };
  const statements: Statements = {
    files: [],
    createdTables: [],
    maybeCreatedTables: [],
    rows: {},
    schema: { status: "collected", value: schema },
  };
  return {
    changes: NONE,
    statements: { status: "collected", value: statements },
    results: NONE,
    comparisons: NONE,
    budgets: NONE,
    plans: { status: "collected", value: { changed: [], dependents: [], statistics: text`x`, planner: "x", notes: [] } },
    source: NONE,
    runtime: NONE,
    coverage: NONE,
  };
}

const INDEX = "CREATE INDEX orders_x ON orders (x);\n";
const PYTHON = { "shop/migrations/0042_x.py": "operations = []\n" };

describe("findings on SQL that the head's workflow handed in", () => {
  it("stand at no line of the repository, and say where the statement is", async () => {
    const [found] = await findings(PYTHON, { "sql/redline-migration.sql": `BEGIN;\n${INDEX}COMMIT;\n` });
    expect(found?.at).toBeUndefined();
    expect(found?.says).toMatch(/The statement is at line 2 of artifact:\/\/sql\/redline-migration\.sql, which this head's workflow/);
  });

  it("stand where a comment above the statement says, if the change holds that file", async () => {
    const at = async (path: string) => (await findings(PYTHON, { "redline-migration.sql": `-- redline-source: ${path}\n${INDEX}` }))[0]?.at;
    expect(await at("shop/migrations/0042_x.py:1")).toEqual({ path: "shop/migrations/0042_x.py", line: 1 });
    expect(await at("shop/settings.py:1")).toBeUndefined();
  });

  it("are silent where that SQL creates the table itself", async () => {
    const sql = `CREATE TABLE orders (id bigint PRIMARY KEY, x int);\n${INDEX}`;
    expect(await findings(PYTHON, { "redline-migration.sql": sql })).toEqual([]);
  });

  it("take none from statements of the repository", async () => {
    const repository = { "db/migrations/2_x.sql": INDEX };
    const own = await findings(repository, {});
    expect(own).toHaveLength(1);
    const creates = "CREATE TABLE orders (id bigint PRIMARY KEY, x int);\n";
    expect(await findings(repository, { "redline-migration.sql": creates })).toEqual(own);
  });

  it("take none from statements of the repository that are judged by a schema of its making, and add some", () => {
    const at = (path: string, line: number) => ({ at: { path, line }, message: [], help: [] });
    const own: readonly Finding[] = [
      { rule: "migrations/a", severity: "warning", ...at("a.sql", 1) },
      { rule: "migrations/b", severity: "notice", ...at("a.sql", 2) },
      { rule: "migrations/c", severity: "blocking", ...at("a.sql", 3) },
    ];
    const withSchema: readonly Finding[] = [
      { rule: "migrations/b", severity: "blocking", ...at("a.sql", 2) },
      { rule: "migrations/c", severity: "notice", ...at("a.sql", 3) },
      { rule: "queries/d", severity: "warning", ...at("q.sql", 1) },
    ];
    const told = besideDelivered(evidenceWith({ delivered: true }), (seen) => {
      const knows = seen.statements.status === "collected" && seen.statements.value.schema.status === "collected";
      expect(seen.plans.status).toBe(knows ? "collected" : "absent");
      return { findings: knows ? withSchema : own, answers: new Map(), ran: [], broken: new Map() };
    });
    expect(told.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      "migrations/b blocking",
      "migrations/c blocking",
      "migrations/a warning",
      "queries/d warning",
    ]);
    const once = besideDelivered(evidenceWith({}), () => ({ findings: withSchema, answers: new Map(), ran: [], broken: new Map() }));
    expect(once.findings).toBe(withSchema);
  });
});
