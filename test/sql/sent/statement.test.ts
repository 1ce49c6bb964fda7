import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { sentStatements } from "../../../src/sql/sent/statement.js";

const one = (sql: string | undefined, system = "postgresql", name = "pg.query:SELECT shop") => {
  const [first] = sentStatements(sql, system, name);
  if (!first) throw new Error("no statement");
  return first;
};
const print = (sql: string, system?: string) => one(sql, system).statement.fingerprint;
const normalized = (sql: string, system?: string) => one(sql, system).statement.normalized;
const planned = (sql: string) => one(sql).statement.sql;

describe("the fingerprint of a statement", () => {
  it.each([
    ["literals and parameters", "select * from items where order_id = 17", "SELECT * FROM items WHERE order_id = $1"],
    ["styles of parameters", "select a from t where b = ? and c = ?", "select a from t where b = :b and c = @c"],
    ["those of Python", "select a from t where b = %s and c = %(c)s", "select a from t where b = $1 and c = $2"],
    ["strings, whatever is in them", "select a from t where b = 'it''s; -- (' ", "select a from t where b = $1"],
    [
      "escape strings and dollar quotes",
      "select a from t where b = E'\\'' and c = $tag$x'$tag$",
      "select a from t where b = '' and c = ''",
    ],
    [
      "the sign of a number",
      "select a from t where b = -1.5e-3 and c between +2 and .5",
      "select a from t where b = 1 and c between 2 and 3",
    ],
    ["null and booleans as values", "update t set a = null, b = true where c = false", "update t set a = 1, b = 2 where c = 3"],
    ["the length of IN", "select a from t where b in (1)", "select a from t where b in ($1, $2, $3)"],
    ["casts within lists", "select a from t where b in ('1'::uuid, '2'::uuid)", "select a from t where b in ($1)"],
    ["rows of values", "insert into t (a, b) values (1, 'x')", "insert into t (a, b) values ($1, $2), ($3, $4), ($5, $6)"],
    ["rows that call", "insert into t values (now(), 1)", "insert into t values (now(), 2), (now(), 3), (now(), 4)"],
    ["arrays of values", "select a from t where b = any(array[1, 2])", "select a from t where b = ANY(ARRAY[$1 /*, ... */])"],
    ["PostgreSQL 18's lists", "select a from t where b in ($1 /*, ... */)", "select a from t where b in (1, 2)"],
    ["rows as members", "select a from t where (b, c) in ((1, 2), (3, 4))", "select a from t where (b, c) in ((1, 2))"],
    ["comments of sqlcommenter", "select a from t /*traceparent='00-1-2-01'*/", "select a from t /*traceparent='00-9-8-01'*/;"],
    ["layout", "select  a ,b\n\tfrom t -- all\nwhere c=1", "select a, b from t where c = 1;"],
    ["names of savepoints", "SAVEPOINT sp_17", "savepoint active_record_1"],
    ["names of cursors", "FETCH 100 FROM c_1", "fetch 50 from c_2"],
    ["names of temporary tables", "select * from tmp_8f3a21", "select * from tmp_77b0c2"],
  ])("leaves out %s", (_, left, right) => {
    expect(normalized(left)).toBe(normalized(right));
    expect(print(left)).toBe(print(right));
  });

  it.each([
    ["tables", "select a from t", "select a from u"],
    ["quoted names by case", 'select "A" from t', 'select "a" from t'],
    ["null as a condition", "select a from t where b is null", "select a from t where b is not null"],
    ["operators", "select a from t where b < 1", "select a from t where b <= 1"],
    ["columns of an order", "select a from t order by b", "select a from t order by b desc"],
    ["numbers in names", "select a1 from t", "select a2 from t"],
    ["modulo from a placeholder", "select a%s from t", "select a from t"],
    ["queries in IN", "select a from t where b in (select c from u)", "select a from t where b in (1)"],
  ])("tells %s apart", (_, left, right) => expect(print(left)).not.toBe(print(right)));

  it("reads double quotes as strings in MySQL, and as names elsewhere", () => {
    expect(normalized('select a from t where b = "x"', "mysql")).toBe("select a from t where b = ?");
    expect(normalized('select a from t where b = "x"')).toBe('select a from t where b = "x"');
  });

  it("is written for a reader", () => {
    expect(normalized('SELECT "o"."id", count(*)::int AS n FROM "orders" o WHERE o.x->>\'k\' = $1 AND id IN (1,2) LIMIT 20')).toBe(
      'select "o"."id", count(*)::int as n from "orders" o where o.x ->> ? = ? and id in (?…) limit ?',
    );
  });

  it("keeps no value of a literal", () => {
    const secret = fc.stringMatching(/^[a-z0-9 @.]{6,20}$/).map((written) => `zq${written}`);
    fc.assert(
      fc.property(secret, fc.integer({ min: 1_000_000_000 }), (word, number) => {
        const text = `select a from t where b = '${word}' and c = ${number} and d in ('${word}', '${word}')`;
        expect(JSON.stringify(one(text))).not.toContain(word);
        expect(JSON.stringify(one(text))).not.toContain(String(number));
      }),
      { numRuns: 50 },
    );
  });

  it("is the same for any values in a statement's places", () => {
    const value = fc.oneof(
      fc.string().map((written) => `'${written.replaceAll("'", "''")}'`),
      fc.integer().map(String),
      fc.constantFrom("null", "true", "$7", "?", "1.5e10"),
    );
    fc.assert(
      fc.property(value, fc.array(value, { minLength: 1, maxLength: 20 }), (first, list) => {
        expect(normalized(`select a from t where b = ${first} and c in (${list.join(", ")})`)).toBe(
          "select a from t where b = ? and c in (?…)",
        );
      }),
      { numRuns: 100 },
    );
  });

  it("never fails, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."'\"`$()[]{},;:?%@#-+*/\\.=<>1a eEnxb \n") }), (sql) => {
        const found = sentStatements(sql, "postgresql", "q");
        for (const { statement } of found) expect(statement.fingerprint).toMatch(/^[0-9a-f]{16}$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a statement that is to be planned", () => {
  it.each([
    ["select * from t where a = ? and b = ?", "select * from t where a = $1 and b = $2"],
    ["select * from t where a = $2 and b = 'x' and c = 5", "select * from t where a = $2 and b = $3 and c = $4::int"],
    ["select * from t where a = :id or b = :id", "select * from t where a = $1 or b = $1"],
    ["select * from t where a > interval '1 day' limit 20", "select * from t where a > $1::interval limit 20"],
    ["select a, count(*) from t group by 1 order by 2 desc, 1", "select a, count(*) from t group by 1 order by 2 desc, 1"],
    ["select cast(a as numeric(10, 2)) from t where b = 1.5", "select cast(a as numeric(10, 2)) from t where b = $1::numeric"],
    ["select a::varchar(20) from t where b = 9999999999", "select a::varchar(20) from t where b = $1::bigint"],
    ["SELECT  /* app */ a FROM T WHERE b IS NULL;", "SELECT a FROM T WHERE b IS NULL"],
  ])("%s", (sql, expected) => expect(planned(sql)?.toLowerCase()).toBe(expected.toLowerCase()));
});

describe("a batch", () => {
  it("is several statements, each counted", () => {
    const found = sentStatements("update t set a = 1; insert into u values (';');", "postgresql", "q");
    expect(found.map(({ statement }) => statement.verb)).toEqual(["UPDATE", "INSERT"]);
  });
});

describe("verb and tables", () => {
  it.each([
    ["with x as (select 1 from a) insert into b select * from x", "INSERT", ["b", "a"]],
    ["select extract(year from d) from orders o, items i left join users on true", "SELECT", ["orders", "items", "users"]],
    ["select a from generate_series(1, 3) where b is distinct from c", "SELECT", []],
    ["select a from t for update", "SELECT", ["t"]],
    ["insert into s.t (a) values (1) on conflict do update set a = 2", "INSERT", ["s.t"]],
    ['update only "T" set a = 1 from u', "UPDATE", ['"T"', "u"]],
    ["(select a from t) union (select b from u)", "SELECT", ["t", "u"]],
  ])("%s", (sql, verb, tables) => {
    const { statement } = one(sql);
    expect([statement.verb, statement.tables]).toEqual([verb, [...tables].sort()]);
  });
});

describe("noise", () => {
  it.each([
    "BEGIN",
    "START TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "COMMIT;",
    "rollback to savepoint x",
    "SET client_min_messages TO warning",
    "SELECT 1",
    "SELECT 1+1 AS result",
    "select version()",
    "SHOW SERVER_VERSION",
    "SELECT typname, typtype, oid, typarray FROM pg_type WHERE (typtype = 'b') ORDER BY oid",
    "select * from information_schema.tables where table_name = 'x'",
    "SELECT * FROM current_schema()",
  ])("is %s", (sql) => expect(one(sql).noise).toBe(true));

  it.each([
    "select a from t",
    "select count(*) from users",
    "update pg_users set a = 1",
    "select expensive(1)",
    "select pg_advisory_lock(1)",
    "select t.a from t join pg_class c on c.oid = t.oid",
  ])("is not %s", (sql) => expect(one(sql).noise).toBe(false));
});

describe("a text that cannot be trusted", () => {
  it.each([
    [undefined, "the span has no statement text"],
    ["", "the span has no statement text"],
    ["select a from t where b = ...", "the text ends in an ellipsis"],
    ["select a from t where (b = 1", "the text ends inside quotes or brackets"],
    ["select a from t where b = 'x", "the text ends inside quotes or brackets"],
    ["select a from t where", "the text ends in the middle of a clause"],
    [`select ${"a".repeat(1024 - 14)} from t`, "the text is exactly 1024 characters long, a common limit"],
    [`select ${"a,".repeat(500_000)}b from t`, "the text is longer than 64 KB"],
  ])("%.40s", (sql, reason) => {
    const { statement } = one(sql);
    expect(plain(statement.incomplete ?? [])).toBe(reason);
    expect(statement.fingerprint).toBe(one(undefined).statement.fingerprint);
    expect(statement.sql).toBeUndefined();
  });

  it.each([
    "select a from t where b = E'\\''",
    "select a from t where b = 'x\\'",
    "select a from t where b = ''",
    "select '' from t where c = 'it''s'",
    "select $$a$$",
    "select a from t where b = ?",
  ])("is not %s", (sql) => expect(one(sql).statement.incomplete).toBeUndefined());

  it("is told apart by system and by the span's name", () => {
    const named = (system: string, name: string) => one(undefined, system, name).statement.fingerprint;
    expect(new Set([named("postgresql", "a"), named("postgresql", "b"), named("mysql", "a")]).size).toBe(3);
  });
});
