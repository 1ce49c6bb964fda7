import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bindParameters } from "../../src/sql/bound.js";

const value = (sql: string) => bindParameters(sql, "postgresql", "value");
const names = (sql: string): string => bindParameters(sql, "postgresql", "identifier").sql;

describe("bindParameters", () => {
  it.each([
    ["question marks", "a = ? AND b = ?", "a = $1 AND b = $2"],
    ["numbered ones", "a = ?1 AND b = ?2 AND c = ?1", "a = $1 AND b = $2 AND c = $1"],
    ["names, the same one twice", "a = :a AND b = @b AND c = :a", "a = $1 AND b = $2 AND c = $1"],
    ["names before casts", "a = :a::int AND b::text = @b::text", "a = $1::int AND b::text = $2::text"],
    ["sqlc's functions", "a = sqlc.arg(x) AND b = sqlc.narg('y') AND c = ANY(sqlc.slice('z'))", "a = $1 AND b = $2 AND c = ANY($3)"],
    ["sqlc.embed", "SELECT sqlc.embed(users), 1 FROM users", "SELECT users.*, 1 FROM users"],
    ["numbers that are there already", "a = $2 AND b = ?", "a = $2 AND b = $3"],
    ["a list in place of one value", "a IN ?", "a IN ($1)"],
    [
      "no template of River's in a string",
      "nextval('/* TEMPLATE: schema */a_seq'::regclass)",
      `nextval('${" ".repeat(22)}a_seq'::regclass)`,
    ],
    ["LIMIT and OFFSET", "LIMIT ? OFFSET ?", "LIMIT $1 OFFSET $2"],
    ["BETWEEN", "a BETWEEN ? AND ?", "a BETWEEN $1 AND $2"],
  ])("numbers %s", (_, sql, expected) => expect(names(sql)).toBe(expected));

  it.each([
    "SELECT '?:a@b' -- ? :c\n/* @d */",
    "a ? 'key' AND b ?| array['x'] AND c ?& array['y']",
    "a @> b AND c <@ d AND e @@ f AND g #>> '{a,b}'",
    "(a->'b') ? 'c'",
    "a::jsonb",
    "x[1:2]",
    'select "a?" from $q$ ? :b $q$',
  ])("leaves %j as it is", (sql) => expect(names(sql)).toBe(sql));

  it.each([
    ["a = ${user.id} AND b = ${user.id}", "a = $1 AND b = $1"],
    ["a = ${} AND b = ${}", "a = $1 AND b = $2"],
    ["a = '${name}'", "a = $1"],
    ["a LIKE '%${name}'", "a LIKE '%1'"],
    ["VALUES ${rows}", "VALUES ($1)"],
    ["a = $${n}", "a =  $1"],
    ["limit${n}", "limit $1"],
  ])("takes the hole in %j for a value", (sql, expected) => expect(value(sql)).toMatchObject({ sql: expected, structural: false }));

  it.each([
    "SELECT a FROM t WHERE ${c}",
    "WHERE a = 1 AND (${c})",
    "ORDER BY ${o}",
    "WHERE ${column} = 1",
    'DROP SCHEMA "${s}"',
    "SELECT '${s}.users'::regclass",
  ])("says that the hole in %j is more than a value", (sql) => expect(value(sql).structural).toBe(true));

  it.each(["a BETWEEN 1 AND ${x}", "WHERE ${x}::uuid IS NULL", "WHERE a = ${x} AND b IN (${y})"])("says that the one in %j is not", (sql) =>
    expect(value(sql).structural).toBe(false),
  );

  it("takes a template's placeholder in an .sql file for a name", () =>
    expect(names("SELECT a FROM ${schema}.t")).toBe("SELECT a FROM hole.t"));

  it("names parameters for the parsers of other dialects", () =>
    expect(bindParameters("a = ? AND b = ${x}", "mysql", "value").sql).toBe("a = :p1 AND b = :p2"));

  it("changes nothing a second time, and nothing but parameters", () => {
    const words = fc.array(
      fc.constantFrom("SELECT", "a", "= ?", ":n", "@m", "'x?'", "::int", "(", ")", ",", "IN", "${h}", "-- ?\n", "?|", "$1"),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const { sql } = value(parts.join(" "));
        expect(bindParameters(sql, "postgresql", "identifier").sql).toBe(sql);
      }),
    );
  });
});
