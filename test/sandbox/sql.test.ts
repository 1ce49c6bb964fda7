import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ParsedSql, ParsedStatement } from "../../src/evidence/sources.js";
import type { Dialect } from "../../src/model/statements.js";
import { plain } from "../../src/model/text.js";
import { createSqlParser } from "../../src/sandbox/sql.js";

let parser: ReturnType<typeof createSqlParser>;

const text = (sql: string, dialect: Dialect = "postgresql") => ({ path: "a.sql", dialect, sql });
const statementsOf = (parsed: ParsedSql | undefined): readonly ParsedStatement[] => {
  if (!parsed || "refused" in parsed) throw new Error(parsed ? plain(parsed.refused) : "no answer");
  return parsed.statements;
};
const refusalOf = (parsed: ParsedSql | undefined): string => (parsed && "refused" in parsed ? plain(parsed.refused) : "not refused");
const errorOf = (statement: ParsedStatement | undefined): string => (statement && "error" in statement ? statement.error : "no error");

/** What each statement's place holds, and whether it parsed. */
async function taken(sql: string, dialect: Dialect = "postgresql"): Promise<readonly (readonly [string, boolean])[]> {
  const [parsed] = await parser([text(sql, dialect)]);
  return statementsOf(parsed).map((statement) => [sql.slice(statement.start, statement.end), "tree" in statement]);
}

describe("the SQL parser", () => {
  beforeAll(() => {
    parser = createSqlParser({ textMs: 20_000 });
  });
  afterAll(() => parser.close());

  it("places statements by UTF-16 units, without comments around them", async () => {
    const sql = "\uFEFF-- é 😀\nSELECT 'é😀', 1 ; /* x; */\n\nSELECT 2 -- end";
    expect(await taken(sql)).toEqual([
      ["SELECT 'é😀', 1", true],
      ["SELECT 2", true],
    ]);
  });

  it.each(["postgresql", "mysql", "sqlite"] as const)("lets one bad statement hide none of the others (%s)", async (dialect) => {
    expect(await taken("SELECT 1; SELEC ';' FROM; DELETE FROM t WHERE id = 1;", dialect)).toEqual([
      ["SELECT 1", true],
      ["SELEC ';' FROM", false],
      ["DELETE FROM t WHERE id = 1", true],
    ]);
  });

  it("says what the parser met", async () => {
    const [postgres, mysql] = await parser([text("SELECT FROM WHERE"), text("SELECT FROM WHERE", "mysql")]);
    expect(errorOf(statementsOf(postgres)[0])).toBe('syntax error at or near "WHERE"');
    expect(errorOf(statementsOf(mysql)[0])).toBe('unexpected "W"');
  });

  it.each([
    ["psql's client lines", "\\set x 1\nSELECT :'x';\n\\d t\nSELECT 2 \\gexec\nSELECT 3", "postgresql", 3],
    ["template holes", 'ALTER TABLE {{ index .Options "Namespace" }}.users ADD a int; SELECT $' + "{x}", "postgresql", 2],
    [
      "sqlc's parameters",
      "SELECT sqlc.embed(a) FROM a WHERE b = @b AND c = ANY (sqlc.slice('c')::int[]) LIMIT sqlc.narg(d)",
      "postgresql",
      1,
    ],
    ["question marks and colons", "SELECT * FROM a WHERE b = ? AND c = :c::int LIMIT ?", "postgresql", 1],
    ["jsonb's question marks and slices", "SELECT a ? 'b', c[1:n] FROM t WHERE a ?| ARRAY['x'] OR a @? '$.b'", "postgresql", 1],
    [
      "a body of BEGIN ATOMIC beside a bad statement",
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END; SELECT 3",
      "postgresql",
      2,
    ],
    ["MySQL's DELIMITER", "DELIMITER //\nSELECT 1//\nDELIMITER ;\nSELECT 2; # x;\n", "mysql", 2],
    ["MySQL's sqlc parameters", "SELECT * FROM t WHERE a = sqlc.arg(a) LIMIT sqlc.arg('n')", "mysql", 1],
    ["SQLite's numbered parameters", "UPDATE t SET a = ?1 WHERE id = :id", "sqlite", 1],
    ["SQL Server's GO", "SELECT 1\nGO\nSELECT 2\n  go 5\nSELECT 3", "transactsql", 3],
  ] as const)("reads %s", async (_, sql, dialect, count) => {
    expect((await taken(sql, dialect)).map(([, parsed]) => parsed)).toEqual(Array.from({ length: count }, () => true));
  });

  it("puts the statements of a DO block into its tree, and says when there are more than it can read", async () => {
    const body = "BEGIN IF a THEN UPDATE t SET a = 1; END IF; EXECUTE 'DROP INDEX i'; EXECUTE format('DROP TABLE %I', x); END";
    const [parsed] = await parser([text(`SELECT 1; DO $$ ${body} $$;`)]);
    const [, block, gap] = statementsOf(parsed);
    const tree = JSON.stringify(block && "tree" in block ? block.tree : null);
    expect(tree).toContain('"body":[{"UpdateStmt"');
    expect(tree).toContain('"DropStmt"');
    expect(errorOf(gap)).toBe("the block runs SQL that it puts together at run time");
    expect([gap?.start, gap?.end]).toEqual([block?.start, block?.end]);
  });

  it("does not take a DO block for parsed whose body is not", async () => {
    const [parsed] = await parser([text("DO $$ BEGIN nonsense ( END $$; SELECT 1")]);
    expect(statementsOf(parsed).map((statement) => "tree" in statement)).toEqual([false, true]);
  });

  it("answers in the order asked, also when calls overlap", async () => {
    const [first, second] = await Promise.all([
      parser([text("SELECT 1"), text("SELECT 1; SELECT 2")]),
      parser([text("SELECT 1; SELECT 2; SELECT 3")]),
    ]);
    expect([...first, ...second].map((parsed) => statementsOf(parsed).length)).toEqual([1, 2, 3]);
  });

  it("finds no statement in a file of comments", async () => {
    expect(await taken("-- nothing\n/* here */ ;;")).toEqual([]);
  });
});

const isAlive = async (): Promise<boolean> => {
  const [parsed] = await parser([text("SELECT 1")]);
  return "tree" in (statementsOf(parsed)[0] ?? {});
};

const join = (n: number) => `select * from t0${Array.from({ length: n }, (_, i) => ` join t${i + 1} on t${i + 1}.id = t${i}.id`).join("")}`;

describe("the SQL parser against hostile input", () => {
  // Many texts after one another, and not one, make its process grow.
  beforeAll(() => {
    parser = createSqlParser({ rssMb: 512 });
  });
  afterAll(() => parser.close());

  it.each([
    ["a JOIN of 5,000 tables", join(5000)],
    ["100,000 open parentheses", `select ${"(".repeat(100_000)}`],
    ["60,000 open parentheses", `select ${"(".repeat(60_000)}`],
    ["2,000 closed parentheses", `select ${"(".repeat(2000)}1${")".repeat(2000)}`],
    ["a sum of 30,000 terms", `select ${"1+".repeat(30_000)}1`],
    ["a UNION of 4,000 arms", `select 1 ${"union select 1 ".repeat(4000)}`],
    ["an AND of 10,000 terms", `select 1 where ${"a and ".repeat(10_000)}b`],
    ["CASE 3,000 deep", `select ${"case when a then ".repeat(3000)}1${" end".repeat(3000)}`],
    ["an unclosed quote", `select '${"x".repeat(400_000)}`],
    ["250,000 comment openings", "/*".repeat(250_000)],
    ["100,000 dollar tags", "$a$ $b$ ".repeat(50_000)],
    ["250,000 template openings", "{{".repeat(250_000)],
    ["an IN list of 30,000", `select 1 in (${"1,".repeat(30_000)}1)`],
  ])("survives %s in every grammar and parses the next text (D03)", async (_, sql) => {
    for (const dialect of ["postgresql", "mysql", "sqlite"] as const) {
      const [parsed] = await parser([text(sql, dialect)]);
      expect(parsed).toBeDefined();
      expect(await isAlive()).toBe(true);
    }
  });
});

describe("the limits of the SQL parser", () => {
  afterEach(() => parser.close());

  it("kills a child that takes too long, refuses that text alone and parses the rest in a new one (D03)", async () => {
    parser = createSqlParser({ textMs: 2_000 });
    const quadratic = join(1900);
    const [slow, next] = await parser([text(quadratic, "mysql"), text("SELECT 1", "mysql")]);
    expect(refusalOf(slow)).toBe("it took longer than 2 s to read");
    expect(statementsOf(next)).toHaveLength(1);
  });

  it("kills a child that takes too much memory (D03)", async () => {
    parser = createSqlParser({ rssMb: 20, textMs: 20_000 });
    const [parsed] = await parser([text(join(1900), "mysql")]);
    expect(refusalOf(parsed)).toBe("it took more than 20 MB of memory to read");
  });

  it("refuses what is left when the time of a call is used up (D03)", async () => {
    parser = createSqlParser({ callMs: 0 });
    expect(refusalOf((await parser([text("SELECT 1")]))[0])).toContain("was used up");
  });
});

describe("the SQL parser of large texts", () => {
  beforeAll(() => {
    parser = createSqlParser({ textMs: 20_000 });
  });
  afterAll(() => parser.close());

  it.each([
    ["a file of more than 512 KB", " ".repeat(512 * 1024 + 1), "it is larger than 512 KB"],
    ["1 MB of unclosed quote", `select '${"x".repeat(1_000_000)}`, "it is larger than 512 KB"],
    ["NUL characters", "SELECT 1;\0DROP INDEX i", "it holds NUL characters, so it is not SQL in UTF-8"],
    ["more than 2,000 statements", "SELECT 1;".repeat(2001), "it holds more than 2,000 statements"],
  ])("refuses %s", async (_, sql, reason) => {
    expect(refusalOf((await parser([text(sql)]))[0])).toBe(reason);
    expect(await isAlive()).toBe(true);
  });

  it("parses 2,000 statements, and the others beside one of more than 64 KB", async () => {
    const [many, long] = await parser([text("SELECT 1;".repeat(2000)), text(`SELECT 1; SELECT '${"x".repeat(65_536)}'; SELECT 2`)]);
    expect(statementsOf(many)).toHaveLength(2000);
    expect(statementsOf(long).map((statement) => ("error" in statement ? statement.error : "parsed"))).toEqual([
      "parsed",
      "the statement is longer than 64 KB",
      "parsed",
    ]);
  });

  it("keeps a long, real migration under its memory limit, whatever the runtime compiles meanwhile", async () => {
    parser.close();
    const table = (n: number): string =>
      `CREATE TABLE IF NOT EXISTS app.t${n} (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'x', at timestamptz DEFAULT now());\n`;
    const [many] = await parser([text(Array.from({ length: 2000 }, (_, n) => table(n)).join(""))]);
    expect(statementsOf(many)).toHaveLength(2000);
  });

  it("parses again after it was closed", async () => {
    expect(await isAlive()).toBe(true);
    parser.close();
    expect(await isAlive()).toBe(true);
  });
});
