import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import type { ParseSql, SqlText } from "../../src/evidence/sources.js";
import { collectStatements } from "../../src/evidence/statements.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import type { Statements } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import { split } from "../../src/sql/split.js";

// Takes texts apart by their tokens; BAD does not parse, and a text with KILL is refused.
const parseOne = ({ sql, dialect }: SqlText) =>
  sql.includes("KILL")
    ? { refused: text`it took too long` }
    : {
        statements: split(sql, dialect).map((piece) => {
          const source = sql.slice(piece.start, piece.end);
          const name = /^CREATE TABLE (\w+)/.exec(source)?.[1];
          return source.startsWith("BAD")
            ? { ...piece, error: "syntax error" }
            : { ...piece, tree: name ? { CreateStmt: { relation: { relname: name } } } : {} };
        }),
      };
const parseSql: ParseSql = async (texts) => texts.map(parseOne);

async function collect(files: readonly ChangedFile[], configuration = ""): Promise<Statements> {
  const parsed = parseConfiguration(configuration, "redline.yml");
  if (!("config" in parsed)) throw new Error("configuration");
  const snapshot = { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "m" }, head: { sha: "h" }, files };
  const collected = await collectStatements(
    snapshot,
    { parseSql, readSources: async (texts) => texts.map(() => ({ found: [], comments: [] })) },
    parsed.config,
  );
  if (collected.status === "absent") throw new Error(plain(collected.reason));
  return collected.value;
}

const added = (path: string, head: string): ChangedFile => ({ path, status: "added", head });
const modified = (base: string, head: string, path = "q/a.sql"): ChangedFile => ({ path, status: "modified", base, head });
const changed = async (base: string, head: string): Promise<readonly string[]> =>
  (await collect([modified(base, head)])).files[0]?.statements.map(
    (statement) => `${statement.line}-${statement.endLine} ${statement.sql}`,
  ) ?? [];
const unread = async (file: ChangedFile): Promise<string> => plain((await collect([file])).files[0]?.unread ?? []);

describe("collectStatements", () => {
  it("takes the statements that are new or changed, with their lines at the head", async () => {
    expect(await changed("SELECT 1;\nSELECT 2;", "SELECT 1;\n\nSELECT 0;\nSELECT\n  3;\nSELECT 2;")).toEqual([
      "3-3 SELECT 0",
      "4-5 SELECT\n  3",
    ]);
  });

  it("sees a constant change that leaves the query the same", async () => {
    expect(await changed("SELECT a OFFSET 10;", "SELECT a OFFSET 5000;")).toEqual(["1-1 SELECT a OFFSET 5000"]);
  });

  it("sees nothing in a change of layout, comments or order", async () => {
    expect(await changed("SELECT a;SELECT b;", "-- new\nSELECT\n b; /* x */ SELECT a;")).toEqual([]);
  });

  it("counts: one statement at the base hides one at the head", async () => {
    expect(await changed("DELETE FROM a;", "DELETE FROM a;\nDELETE FROM a;")).toEqual(["2-2 DELETE FROM a"]);
  });

  it("keeps a statement that does not parse, with the parser's word for it", async () => {
    const [file] = (await collect([added("a.sql", "BAD x; SELECT 1")])).files;
    expect(file?.statements.map((statement) => (statement.state === "parsed" ? "parsed" : plain(statement.reason)))).toEqual([
      "syntax error",
      "parsed",
    ]);
  });

  it("gives no statement the suppression of an unchanged one before it", async () => {
    const ignore = "-- redline-ignore queries/x: fine\n";
    const { files } = await collect([modified(`${ignore}SELECT 1;\n`, `${ignore}SELECT 1;\nSELECT 2;\n${ignore}SELECT 3;`)]);
    expect(files[0]?.statements.map(({ sql, suppressions }) => [sql, suppressions.length])).toEqual([
      ["SELECT 2", 0],
      ["SELECT 3", 1],
    ]);
  });

  it("tells migrations from queries, and dialects by the path before the configured one", async () => {
    const { files } = await collect(
      [added("db/migrations/1.sql", "SELECT 1"), added("q/mysql/a.sql", "SELECT 1")],
      "database: { dialect: sqlite }",
    );
    expect(files.map(({ kind, dialect }) => [kind, dialect])).toEqual([
      ["migration", "sqlite"],
      ["query", "mysql"],
    ]);
  });

  it("names the tables that migrations create, and no others: any file can hold a CREATE TABLE that nothing runs", async () => {
    const { createdTables, files } = await collect([
      modified("CREATE TABLE old (a int);", "CREATE TABLE old (a int, b int); CREATE TABLE fresh (a int);", "migrations/0.sql"),
      added("db/structure.sql", "CREATE TABLE dumped (a int);"),
      added("migrations/1.sql", "CREATE TABLE other (a int)"),
    ]);
    expect(createdTables).toEqual(["fresh", "other"]);
    expect(files.map(({ ownTables }) => ownTables)).toEqual([["old"], undefined, []]);
  });

  it("hands on the configured row counts", async () => {
    expect((await collect([added("a.sql", "SELECT 1")], "database: { tables: { orders: { rows: 12 } } }")).rows).toEqual({ orders: 12 });
  });

  it.each<[string, ChangedFile, string]>([
    [
      "a file that was not read",
      { path: "a.sql", status: "added", unread: "larger than 512 KB" },
      "its contents were not read (larger than 512 KB)",
    ],
    ["a file without contents", { path: "a.sql", status: "added" }, "its contents are not known"],
    ["a binary file", added("a.sql", "SELECT 1\0\u0001"), "it is binary, or text in another encoding than UTF-8"],
    [
      "UTF-16",
      added("a.sql", Buffer.from("\uFEFFDROP INDEX i", "utf16le").toString("utf8")),
      "it is binary, or text in another encoding than UTF-8",
    ],
    ["a change of mode only", modified("SELECT 1", "SELECT 1"), "only its file mode changed"],
    ["ClickHouse", added("clickhouse/1.sql", "SELECT 1"), "its database's SQL is not parsed (ClickHouse, CockroachDB)"],
    ["what the parser refuses", added("a.sql", "KILL"), "it took too long"],
  ])("names %s as not read", async (_, file, reason) => {
    expect(await unread(file)).toBe(reason);
  });

  it("judges everything in a file whose base cannot be taken apart", async () => {
    expect(await changed("KILL; SELECT 1;", "SELECT 1;")).toEqual(["1-1 SELECT 1"]);
  });

  it("leaves out down files, ignored paths, removed files and everything else that is no SQL", async () => {
    const { files } = await collect(
      [
        added("m/1.up.sql", "SELECT 1"),
        added("m/1.down.sql", "SELECT 1"),
        added("vendor/a.sql", "SELECT 1"),
        { path: "b.sql", status: "removed", base: "SELECT 1" },
        added("a.go", "x"),
      ],
      'paths: { ignore: ["vendor/**"] }',
    );
    expect(files.map((file) => file.path)).toEqual(["m/1.up.sql"]);
  });

  it("is absent, with the reason, when no SQL file changed", async () => {
    await expect(collect([added("a.go", "x")])).rejects.toThrow("no SQL was added or changed");
  });
});
