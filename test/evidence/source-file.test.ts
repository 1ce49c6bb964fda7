import { afterAll, describe, expect, it } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import { extractStatements } from "../../src/evidence/extracted.js";
import { collectStatements } from "../../src/evidence/statements.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import type { Statement } from "../../src/model/statements.js";
import { plain } from "../../src/model/text.js";
import { createSourceReader } from "../../src/sandbox/source.js";
import { sharedParser } from "../sandbox/shared-parser.js";

const readers = { parseSql: sharedParser, readSources: createSourceReader({ fileMs: 20_000 }) };
afterAll(() => {
  readers.readSources.close();
});

const parsed = parseConfiguration("", "redline.yml");
if (!("config" in parsed)) throw new Error("configuration");
const { config } = parsed;

async function collect(...files: readonly ChangedFile[]) {
  const snapshot = { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "m" }, head: { sha: "h" }, files };
  const collected = await collectStatements(snapshot, readers, config);
  return collected.status === "collected" ? collected.value.files : [];
}

const shown = (statement: Statement): string =>
  `${statement.line}-${statement.endLine} ${statement.state === "parsed" ? (statement.bound ?? statement.sql) : plain(statement.reason)}`;
const statementsOf = async (path: string, text: string): Promise<readonly string[]> =>
  (await extractStatements([{ path, text }], readers, config)).flatMap((file) => file.statements.map(shown));

describe("statements of source code", () => {
  it("stand on the lines of the literal, with their parameters", async () => {
    const text =
      'package a\n\nfunc f() {\n\tdb.Query(`\n\t\tSELECT a FROM t\n\t\tWHERE b = ? AND c = @c`, 1)\n\tdb.Exec("DELETE FROM t WHERE a = 1; SELECT b FROM u")\n}\n';
    expect(await statementsOf("a.go", text)).toEqual([
      "5-6 SELECT a FROM t\n\t\tWHERE b = $1 AND c = $2",
      "7-7 DELETE FROM t WHERE a = 1",
      "7-7 SELECT b FROM u",
    ]);
  });

  it("are fragments where more than a value is put in, and refused with the parser's words where SQL is wrong", async () => {
    const text = "a(`SELECT a FROM ${t} WHERE b = 1`);\nb('SELECT a FROM t WHERE b == = 1');\nc('SELECT a FROM t FINAL WHERE b = 1');";
    expect(await statementsOf("a.js", text)).toEqual([
      "1-1 a part of it other than a value is put in at run time",
      '2-2 syntax error at or near "="',
      "3-3 it is written for ClickHouse, which is not parsed",
    ]);
  });

  it("are no English that happens to begin alike", async () => {
    expect(await statementsOf("a.js", "a('select the best from these offers today');")).toEqual([]);
  });

  it("name what a reader cannot see, beside what was parsed", async () => {
    expect(await statementsOf("a.js", "a(\n'SELECT a\u200Bb FROM t WHERE c = 1');")).toEqual([
      "2-2 SELECT a\u200Bb FROM t WHERE c = 1",
      "2-2 it holds invisible characters (U+200B at line 2), so it may not be what it seems",
    ]);
  });

  it("are suppressed by a comment of the SQL or of the language, above or beside", async () => {
    const text =
      "// redline-ignore queries/a: one\nconst x = db.query(\n  'DELETE FROM t', // redline-ignore queries/b: two\n);\ndb.query('DELETE FROM u -- redline-ignore queries/c: three');\n";
    const [file] = await extractStatements([{ path: "a.ts", text }], readers, config);
    expect(file?.statements.map(({ suppressions }) => suppressions.map(({ rule }) => rule))).toEqual([
      ["queries/a", "queries/b"],
      ["queries/c"],
    ]);
  });

  it("are changed by their text alone, know what they replace, and are not new where they moved", async () => {
    const query = (sql: string): string => `export const f = () => db.query("${sql}");\n`;
    const files = await collect(
      { path: "a.ts", status: "modified", base: query("SELECT a FROM t WHERE b = 1"), head: `\n${query("SELECT a FROM t WHERE b = 2")}` },
      { path: "b.ts", status: "removed", base: query("SELECT c FROM u WHERE d = 1") },
      { path: "c.ts", status: "added", head: query("SELECT c FROM u WHERE d = 1") },
      { path: "d.ts", status: "modified", base: "// x\n", head: "// y\n" },
      { path: "a.test.ts", status: "added", head: query("SELECT a FROM t") },
    );
    expect(files.map(({ path, statements }) => [path, statements.map(({ sql, before, line }) => [line, sql, before])])).toEqual([
      ["a.ts", [[2, "SELECT a FROM t WHERE b = 2", "SELECT a FROM t WHERE b = 1"]]],
    ]);
  });

  it("are a migration's where a tool keeps those, without the way back; it creates tables", async () => {
    const text = "export const up = (k) => k.raw('CREATE TABLE t (a int)');\nexport const down = (k) => k.raw('DROP TABLE IF EXISTS t');\n";
    const files = await collect({ path: "migrations/20240101_x.ts", status: "added", head: text });
    expect(files.map(({ kind, statements }) => [kind, statements.map(({ sql }) => sql)])).toEqual([
      ["migration", ["CREATE TABLE t (a int)"]],
    ]);
  });

  it("are not counted twice where a generator copied them", async () => {
    const go = "// Code generated by sqlc. DO NOT EDIT.\npackage db\nconst get = `-- name: Get :one\nSELECT a FROM t WHERE b = $1`\n";
    const files = await collect(
      { path: "q.sql", status: "added", head: "-- name: Get :one\nSELECT a FROM t WHERE b = @b;" },
      { path: "q.sql.go", status: "added", head: go },
    );
    expect(files.map(({ path }) => path)).toEqual(["q.sql"]);
  });
});
