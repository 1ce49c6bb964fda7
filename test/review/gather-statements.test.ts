import { describe, expect, it } from "vitest";
import type { Sources, SqlText } from "../../src/evidence/sources.js";
import type { Collected } from "../../src/model/collected.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import { plain, text } from "../../src/model/text.js";
import { gatherStatements } from "../../src/review/gather-statements.js";
import { configOf } from "./facts.js";

const drizzle = (dialect: string) => `export default { dialect: "${dialect}" };`;
const query: ChangedFile = { path: "queries/a.sql", status: "added", head: "SELECT 1" };

interface Given {
  readonly tools?: Readonly<Record<string, string>>;
  readonly files?: readonly ChangedFile[];
  readonly config?: string;
}

/** What was gathered, the dialects that the parser was asked for, and whether the repository was read. */
async function gathered({ tools, files = [query], config = "" }: Given) {
  const asked: string[] = [];
  let reads = 0;
  const tree: Collected<{ files: { path: string; sha: string; text: string }[] }> = tools
    ? { status: "collected", value: { files: Object.entries(tools).map(([path, source]) => ({ path, sha: path, text: source })) } }
    : { status: "absent", reason: text`none` };
  const sources: Sources = {
    configuration: async () => ({ path: "redline.yml", text: null }),
    statistics: async (path) => ({ path, text: null }),
    snapshot: async () => snapshot,
    parseSql: async (texts: readonly SqlText[]) => {
      asked.push(...texts.map(({ dialect }) => dialect));
      return texts.map(({ sql }) => ({ statements: [{ start: 0, end: sql.length, error: "not read here" }] }));
    },
    readSources: async () => [],
    readFacts: async () => [],
    planner: null,
    tree: async () => {
      reads += 1;
      return tree;
    },
    results: async () => ({ status: "absent", reason: text`none` }),
    baseline: async () => ({ status: "absent", reason: text`none` }),
    attestations: async () => [],
    override: async () => ({ override: null }),
  };
  const snapshot = { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "m" }, head: { sha: "h" }, files };
  const { statements, config: own } = await gatherStatements({ sources, snapshot, config: configOf(config) }, []);
  return { value: statements.status === "collected" ? statements.value : null, dialect: own.database.dialect, asked, reads };
}

const MYSQL = { "drizzle.config.ts": drizzle("mysql") };

describe("changed statements", () => {
  it("are read anew as those of the database that a tool's file names", async () => {
    const { value, dialect, asked } = await gathered({ tools: MYSQL });
    expect(asked).toEqual(["postgresql", "mysql"]);
    expect([dialect, value?.files[0]?.dialect, value?.dialectFrom]).toEqual([
      "mysql",
      "mysql",
      { dialect: "mysql", path: "drizzle.config.ts" },
    ]);
  });

  it("are read once where it names PostgreSQL, or nothing does", async () => {
    for (const tools of [{ "drizzle.config.ts": drizzle("postgresql") }, {}, undefined]) {
      const { value, asked } = await gathered(tools ? { tools } : {});
      expect([asked, value?.dialectFrom]).toEqual([["postgresql"], undefined]);
    }
  });

  it("are of the database that the configuration chose, or their path, and no tool's file is read", async () => {
    const chosen = await gathered({ tools: MYSQL, config: "database: { dialect: postgresql }" });
    expect([chosen.asked, chosen.reads]).toEqual([["postgresql"], 0]);
    const placed = await gathered({ tools: MYSQL, files: [{ ...query, path: "queries/sqlite/a.sql" }] });
    expect([placed.asked, placed.reads]).toEqual([["sqlite"], 0]);
    expect((await gathered({ tools: MYSQL, files: [] })).reads).toBe(0);
  });

  it("stay PostgreSQL's where the tools' files name several databases, which is said", async () => {
    const { value, asked } = await gathered({ tools: { ...MYSQL, "prisma/migrations/migration_lock.toml": 'provider = "sqlite"' } });
    expect(asked).toEqual(["postgresql"]);
    expect(value?.unclearDialect && plain(value.unclearDialect)).toBe(
      "mysql in drizzle.config.ts, sqlite in prisma/migrations/migration_lock.toml",
    );
  });
});
