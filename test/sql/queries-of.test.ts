import { describe, expect, it } from "vitest";
import type { Dialect } from "../../src/model/statements.js";
import { queriesOf } from "../../src/sql/queries-of.js";
import type { Expression, Query, Source } from "../../src/sql/query.js";
import { levels } from "../../src/sql/query-walk.js";
import { sharedParser } from "../sandbox/shared-parser.js";

async function read(dialect: Dialect, sql: string): Promise<readonly Query[]> {
  const [answer] = await sharedParser([{ path: "a.sql", dialect, sql }]);
  const first = answer && "statements" in answer ? answer.statements[0] : undefined;
  if (!first || !("tree" in first)) throw new Error(`not parsed: ${sql}`);
  return queriesOf({ path: "a.sql", line: 1, endLine: 1, sql, dialect, suppressions: [], state: "parsed", tree: first.tree });
}

const list = (expressions: readonly Expression[]): string => expressions.map(shown).join(", ");

/** A short form of an expression: `=(a.x, ?)`. */
function shown(expression: Expression): string {
  switch (expression.kind) {
    case "column":
      return expression.qualifier === null ? expression.name : `${expression.qualifier}.${expression.name}`;
    case "constant":
      return JSON.stringify(expression.value);
    case "parameter":
      return "?";
    case "operator":
    case "call":
      return `${expression.name}(${list(expression.operands)})`;
    case "cast":
      return `${list(expression.operands)}::${expression.type}`;
    case "query":
      return `${expression.exists ? "exists" : "query"}(${from(expression.query.from)})`;
    case "in query":
      return `${expression.negated ? "not in" : "in"}(${list(expression.operands)}; ${from(expression.query.from)})`;
    case "in":
    case "null test":
      return `${expression.negated ? "not " : ""}${expression.kind}(${list(expression.operands)})`;
    default:
      return `${expression.kind}(${list(expression.operands)})`;
  }
}

const sourceText = (source: Source): string => {
  if (source.kind === "join") {
    const link = source.using ? "using" : source.on ? shown(source.on) : "";
    return `(${sourceText(source.left)} ${source.join} ${sourceText(source.right)} ${link})`;
  }
  const own = source.kind === "table" || source.kind === "cte" ? source.table.name : source.kind;
  return `${source.kind === "cte" ? "cte " : ""}${own}${source.alias === own ? "" : ` ${source.alias}`}`;
};
const from = (sources: readonly Source[]): string => sources.map(sourceText).join(", ");

const where = async (dialect: Dialect, condition: string) => {
  const [query] = await read(dialect, `SELECT * FROM t WHERE ${condition}`);
  return query?.where && shown(query.where);
};

describe("conditions are read alike from both parsers", () => {
  it.each<[string, string, readonly Dialect[]]>([
    ["t.x = 1 AND y <> 'a'", 'and(=(t.x, 1), <>(y, "a"))', ["postgresql", "mysql", "sqlite", "transactsql"]],
    ["x != 1 OR x IS NULL", "or(<>(x, 1), null test(x))", ["postgresql", "mysql", "sqlite"]],
    ["x IS NOT NULL", "not null test(x)", ["postgresql", "mysql"]],
    ["x IN (1, 2)", "in(x, 1, 2)", ["postgresql", "mysql", "sqlite"]],
    ["x NOT IN (1)", "not in(x, 1)", ["postgresql", "mysql"]],
    ["x NOT IN (SELECT y FROM z)", "not in(x; z)", ["postgresql", "mysql", "sqlite", "transactsql"]],
    ["NOT (x IN (SELECT y FROM z))", "not in(x; z)", ["postgresql", "mysql"]],
    ["EXISTS (SELECT 1 FROM z)", "exists(z)", ["postgresql", "mysql", "sqlite"]],
    ["NOT EXISTS (SELECT 1 FROM z)", "not(exists(z))", ["postgresql", "mysql", "sqlite"]],
    ["(SELECT count(*) FROM z) > 0", ">(query(z), 0)", ["postgresql", "mysql"]],
    ["lower(x) = ?", "=(lower(x), ?)", ["postgresql", "mysql", "sqlite"]],
    ["coalesce(x, 1) = 2", "=(coalesce(x, 1), 2)", ["postgresql", "mysql"]],
    ["x + 1 > 5", ">(+(x, 1), 5)", ["postgresql", "mysql"]],
    ["x LIKE 'a%'", 'LIKE(x, "a%")', ["postgresql", "mysql", "sqlite"]],
    ["x BETWEEN 1 AND 2", "BETWEEN(x, 1, 2)", ["postgresql", "mysql"]],
    ["CAST(x AS char) = 'a'", '=(x::char, "a")', ["mysql"]],
    ["x::text = 'a'", '=(x::text, "a")', ["postgresql"]],
    ["x = ANY($1::int[])", "in(x, ?::int4[])", ["postgresql"]],
    ["x <> ALL (SELECT y FROM z)", "not in(x; z)", ["postgresql"]],
    ["(x, y) < ($1, $2)", "<(row(x, y), row(?, ?))", ["postgresql"]],
    ["CASE WHEN x THEN 1 ELSE y END = 3", "=(other(x, 1, y), 3)", ["postgresql", "mysql"]],
  ])("%s", async (condition, expected, dialects) => {
    for (const dialect of dialects) expect([dialect, await where(dialect, condition)]).toEqual([dialect, expected]);
  });
});

describe("sources are read alike from both parsers", () => {
  it.each<[string, string, readonly Dialect[]]>([
    ["SELECT 1 FROM a JOIN b c ON a.x = c.x, d", "(a inner b c =(a.x, c.x)), d", ["postgresql", "mysql"]],
    ["SELECT 1 FROM a LEFT JOIN b USING (x)", "(a left b using)", ["postgresql", "mysql"]],
    ["SELECT 1 FROM a CROSS JOIN b", "(a cross b )", ["postgresql", "mysql", "transactsql"]],
    ["SELECT 1 FROM (SELECT 1 FROM b) c", "subquery c", ["postgresql", "mysql", "sqlite"]],
    ["WITH c AS (SELECT 1) SELECT 1 FROM c, d", "cte c, d", ["postgresql", "mysql", "sqlite", "transactsql"]],
    ["UPDATE a SET x = 1 WHERE y = 2", "a", ["postgresql", "mysql", "sqlite", "transactsql"]],
    ["DELETE FROM a WHERE y = 2", "a", ["postgresql", "mysql", "sqlite", "transactsql"]],
    ["UPDATE a SET x = b.x FROM b WHERE a.y = b.y", "a, b", ["postgresql"]],
    ["SELECT 1 FROM a, unnest($1::int[]) u", "a, rows u", ["postgresql"]],
    ["CREATE VIEW v AS SELECT 1 FROM a", "a", ["postgresql", "mysql"]],
  ])("%s", async (sql, expected, dialects) => {
    for (const dialect of dialects) expect([dialect, from((await read(dialect, sql))[0]?.from ?? [])]).toEqual([dialect, expected]);
  });
});

describe("a statement's queries", () => {
  it("are found at every level", async () => {
    const sql = `WITH c AS (SELECT 1 FROM a) INSERT INTO t SELECT (SELECT 1 FROM b) FROM c WHERE x IN (SELECT 1 FROM d)
      UNION ALL SELECT 1 FROM (SELECT 1 FROM e) f WHERE EXISTS (SELECT 1 FROM g)`;
    const [query] = await read("postgresql", sql);
    const found = query ? levels(query).map((level) => from(level.from)) : [];
    expect(found).toEqual(["subquery ", "a", "", "cte c", "b", "d", "subquery f", "e", "g"]);
  });

  it("carry the limit, the order, the grouping and the locks", async () => {
    const sql = "SELECT count(*) AS n FROM a GROUP BY x HAVING count(*) > 1 ORDER BY n LIMIT 5 FOR UPDATE OF a SKIP LOCKED";
    const [query] = await read("postgresql", sql);
    expect(query && [query.limit, query.having].map((part) => part && shown(part))).toEqual(["5", ">(count(), 1)"]);
    expect(query && [list(query.groupBy), list(query.orderBy), query.outputs[0]?.name]).toEqual(["x", "n", "n"]);
    expect(query?.locking).toEqual([{ strength: "update", of: ["a"], wait: "skip locked" }]);
  });

  it("carry MySQL's, SQLite's and SQL Server's limits and locks", async () => {
    const [mysql] = await read("mysql", "SELECT a FROM b ORDER BY a LIMIT 5, 10 FOR UPDATE");
    expect(mysql?.limit && shown(mysql.limit)).toBe("10");
    expect(mysql?.locking).toEqual([{ strength: "update", of: [], wait: "block" }]);
    expect((await read("transactsql", "SELECT TOP 5 a FROM b"))[0]?.limit).not.toBeNull();
    expect((await read("sqlite", "SELECT a FROM b"))[0]?.limit).toBeNull();
  });

  it("are those of a DO block", async () => {
    expect((await read("postgresql", "DO $$ BEGIN DELETE FROM a; UPDATE b SET x = 1; END $$")).map(({ verb }) => verb)).toEqual([
      "delete",
      "update",
    ]);
  });

  it("name the arms of a UNION", async () => {
    for (const dialect of ["postgresql", "mysql"] as const) {
      const [query] = await read(dialect, "SELECT x FROM a UNION ALL SELECT y FROM b");
      expect(query?.arms).toMatchObject({ operator: "UNION", all: true });
      expect(query?.arms?.queries.map((arm) => from(arm.from))).toEqual(["a", "b"]);
    }
  });
});
