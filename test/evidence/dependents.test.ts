import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import type { PlanContext } from "../../src/evidence/planned.js";
import { collectPlans } from "../../src/evidence/plans.js";
import type { TreeFile } from "../../src/evidence/tree.js";
import type { Catalogue } from "../../src/model/catalogue.js";
import type { Statements } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import { statementsIn } from "../rules/planned.js";
import { sharedParser } from "../sandbox/shared-parser.js";
import { index, recorded, relation } from "../sql/plan/plans.js";
import { exported, type FakePlan, fakeSession } from "./fake-planner.js";

const columns = { id: "bigint", status: "text" };
const base: Catalogue = {
  relations: [relation("orders", columns, { indexes: [index("orders_pkey", "id"), index("orders_status_idx", "status")] })],
};
const head: Catalogue = { relations: [relation("orders", columns)] };

const BY_STATUS = "SELECT * FROM orders WHERE status = $1";
const BY_ID = "SELECT * FROM orders WHERE id = $1";

const answer: FakePlan = (sql, { side }) => {
  if (!sql.includes("status")) return recorded["primary-key"];
  return recorded[side === "base" ? "index-scan" : "seq-scan"];
};

const file = (path: string, source: string): TreeFile => ({ path, sha: path, text: source });

interface Setting {
  readonly files: readonly TreeFile[];
  readonly fake?: FakePlan;
  readonly changed?: string;
  readonly atBase?: Catalogue;
  readonly atHead?: Catalogue;
}

async function collect({ files, fake = answer, changed = "", atBase = base, atHead = head }: Setting) {
  const configuration = parseConfiguration("", "redline.yml");
  if (!("config" in configuration)) throw new Error("no configuration");
  const migration = await statementsIn("DROP INDEX orders_status_idx;", "db/migrations/7_drop.sql");
  const queries = changed === "" ? [] : await statementsIn(changed, "src/queries/new.sql");
  const statements: Statements = {
    files: [
      { path: "db/migrations/7_drop.sql", kind: "migration", dialect: "postgresql", statements: migration },
      { path: "src/queries/new.sql", kind: "query", dialect: "postgresql", statements: queries },
    ],
    createdTables: [],
    maybeCreatedTables: [],
    rows: {},
    schema: { status: "absent", reason: text`not needed here` },
  };
  const session = fakeSession(atBase, atHead, fake);
  const context: PlanContext = { session, statistics: exported, configured: [], uncertain: () => null };
  const asked: string[] = [];
  try {
    const repository = {
      sources: {
        parseSql: sharedParser,
        readSources: async () => [],
        tree: async (_: unknown, wanted: (path: string) => boolean) => {
          asked.push("tree");
          return { status: "collected" as const, value: { files: files.filter(({ path }) => wanted(path)) } };
        },
      },
      snapshot: { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "m" }, head: { sha: "h" }, files: [] },
      config: configuration.config,
    };
    const collected = await collectPlans(statements, context, repository);
    if (collected.status === "absent") throw new Error(plain(collected.reason));
    return { plans: collected.value, session, asked };
  } finally {
  }
}

describe("an index that a migration drops", () => {
  it("names the unchanged statements that used it, with their plans before and after", async () => {
    const { plans } = await collect({ files: [file("src/queries/a.sql", `${BY_ID};\n\n${BY_STATUS};`)] });
    expect(plans.dependents).toMatchObject([
      {
        state: "planned",
        reason: "schema",
        statement: { path: "src/queries/a.sql", line: 3 },
        before: { cost: 485.61 },
        after: { cost: 6250 },
        change: { kind: "index dropped", name: "orders_status_idx", statement: { path: "db/migrations/7_drop.sql", line: 1 } },
      },
    ]);
    expect(plans.notes.map(plain)).toEqual([expect.stringMatching(/^2 unchanged statements use .* it makes a difference to 1$/)]);
  });

  it("names one that used it and is as cheap without it, but none that never did", async () => {
    const covered: FakePlan = (sql, { side }) => {
      if (!sql.includes("status")) return recorded["primary-key"];
      return side === "base"
        ? recorded["index-scan"]
        : JSON.parse(JSON.stringify(recorded["index-scan"]).replaceAll("status_idx", "other_idx"));
    };
    const { plans } = await collect({ files: [file("src/queries/a.sql", `${BY_ID};\n${BY_STATUS};`)], fake: covered });
    expect(plans.dependents.map((one) => one.sql)).toEqual([BY_STATUS]);
  });

  it("names one with a pattern that is given at run time too, and says what its plans cannot tell", async () => {
    const pattern = "SELECT * FROM orders WHERE status = $1 AND status LIKE $2";
    const { plans } = await collect({ files: [file("src/queries/a.sql", `${pattern};`)] });
    expect(plans.dependents).toMatchObject([{ state: "planned", before: { cost: 485.61 }, after: { cost: 6250 } }]);
    const [planned] = plans.dependents;
    expect(planned?.state === "planned" && planned.doubts.map(plain)).toEqual([expect.stringMatching(/pattern is given at run time/)]);
  });

  it("names one that reads the table through a view, in a file that does not name the table", async () => {
    const readers = [{ schema: "public", name: "recent", kind: "view" as const, reads: [{ schema: "public", name: "orders" }] }];
    const sql = "SELECT * FROM recent WHERE status = $1";
    const { plans } = await collect({ files: [file("src/queries/a.sql", `${sql};`)], atBase: { ...base, readers } });
    expect(plans.dependents.map((one) => one.sql)).toEqual([sql]);
  });

  it("looks neither at migrations nor at files that do not name the table", async () => {
    const { plans, session } = await collect({
      files: [file("db/migrations/1_a.sql", BY_STATUS), file("src/queries/b.sql", "SELECT * FROM items WHERE status = $1")],
    });
    expect(plans.dependents).toEqual([]);
    expect(session.requests.flatMap(({ questions }) => questions)).toEqual([]);
  });

  it("compares a modified statement with its old text on the old schema, and lists it once", async () => {
    const { plans, session } = await collect({ files: [file("src/queries/new.sql", BY_STATUS)], changed: BY_STATUS });
    expect(plans.changed).toHaveLength(1);
    expect(plans.dependents).toEqual([]);
    expect(session.requests[0]?.side).toBe("head");
  });

  it("leaves the repository alone where nothing is taken away", async () => {
    const { asked } = await collect({ files: [file("src/queries/a.sql", BY_STATUS)], atHead: base });
    expect(asked).toEqual([]);
  });
});

describe("a column that a migration drops", () => {
  const without: Catalogue = { relations: [relation("orders", { id: "bigint" })] };
  const gone: FakePlan = (sql, request) =>
    request.side === "head" && sql.includes("status") ? 'column "status" does not exist' : answer(sql, request);

  it("names the statements that fail without it, in PostgreSQL's words", async () => {
    const { plans } = await collect({ files: [file("src/queries/a.sql", `${BY_ID};\n${BY_STATUS};`)], fake: gone, atHead: without });
    expect(plans.dependents.map((one) => one.state === "fails" && plain(one.why))).toEqual(['column "status" does not exist']);
  });
});
