import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { functionOnColumn } from "../../../src/rules/queries/function-on-column.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, MIGRATION, QUERY, rowsOf } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const users = relation(
  "users",
  ["id bigint not null", "email text", "name character varying(20)", "made timestamp with time zone", "age integer"],
  {
    indexes: [
      index("users_pkey", ["id"], { unique: true, primary: true }),
      index("users_email", ["email"]),
      index("users_name", ["name"]),
      index("users_made", ["made", "age"]),
      index("users_lower_name", ["lower((name)::text)"]),
    ],
  },
);
const known = { schema: schema(catalogue(users, relation("orders", ["id bigint not null", "user_id bigint"]))) };
const mysql = { schema: { ...known.schema, dialect: "mysql" as const } };
const sqlite = { schema: { ...known.schema, dialect: "sqlite" as const } };

describeRule(functionOnColumn, {
  firing: [
    [
      "lower()",
      query("SELECT * FROM users WHERE lower(email) = $1"),
      "lower() on users.email keeps index users_email from being used",
      known,
    ],
    ["date_trunc()", query("SELECT * FROM users u WHERE date_trunc('day', u.made) = $1"), "date_trunc() on users.made", known],
    ["a cast", query("SELECT * FROM users WHERE made::date = current_date"), "::date on users.made", known],
    ["arithmetic", query("SELECT * FROM users WHERE id + 1 > $1"), "+ on users.id", known],
    ["coalesce", query("SELECT * FROM users WHERE coalesce(email, '') = $1"), "coalesce() on users.email", known],
    ["the other side", query("SELECT * FROM users WHERE $1 = upper(name)"), "upper() on users.name", known],
    ["an UPDATE", query("UPDATE users SET age = 1 WHERE lower(email) IN ('a', 'b')"), "lower() on users.email", known],
    [
      "a join's other condition",
      query("SELECT 1 FROM orders o JOIN users u ON u.age = o.id AND lower(u.email) = $1"),
      "users.email",
      known,
    ],
    ["MySQL", { "queries/mysql/a.sql": "SELECT * FROM users WHERE date(made) = ?" }, "date() on users.made", mysql],
    ["SQLite", { "queries/sqlite/a.sql": "SELECT * FROM users WHERE date(made) = ?" }, "date() on users.made", sqlite],
  ],
  silent: [
    ["the column alone", query("SELECT * FROM users WHERE email = lower($1) AND made >= $2::date"), known],
    ["an index of the expression", query("SELECT * FROM users WHERE lower(name) = $1"), known],
    ["a column without an index", query("SELECT * FROM users WHERE abs(age) = 5"), known],
    ["a condition that an index serves", query("SELECT * FROM users WHERE id = $1 AND lower(email) = $2"), known],
    ["a cast that changes nothing", query("SELECT * FROM users WHERE name::text = $1 AND id::bigint = $2"), known],
    ["a result", query("SELECT lower(email) FROM users ORDER BY upper(email)"), known],
    ["two columns", query("SELECT * FROM users WHERE coalesce(email, name) = $1"), known],
    ["a join of two columns", query("SELECT * FROM users u JOIN orders o ON abs(u.id) = o.user_id"), known],
    ["OR, where the other side may be worse", query("SELECT * FROM users WHERE age = 1 OR lower(email) = $1"), known],
    ["a schema that is not known", query("SELECT * FROM users WHERE lower(email) = $1")],
    ["another database's schema", { "queries/mysql/a.sql": "SELECT * FROM users WHERE lower(email) = ?" }, known],
    ["what a migration runs once", { [MIGRATION]: "DELETE FROM users WHERE lower(email) = 'a'" }, known],
  ],
});

describe("queries/function-on-column", () => {
  it("writes the index of the expression", async () => {
    const [finding] = await findingsIn(functionOnColumn, query("SELECT * FROM users WHERE lower(email) = $1"), "", known);
    expect(plain(finding?.help ?? [])).toContain("CREATE INDEX CONCURRENTLY ON public.users (lower(email));");
  });

  it("is silent about a small table", async () => {
    expect(await findingsIn(functionOnColumn, query("SELECT * FROM users WHERE lower(email) = $1"), rowsOf(500, "users"), known)).toEqual(
      [],
    );
  });
});
