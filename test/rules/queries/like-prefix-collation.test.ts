import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { likePrefixCollation } from "../../../src/rules/queries/like-prefix-collation.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const patterned = index("users_nick", ["nick"]);
const base = relation("users", ["id bigint not null", "name text", "nick text", "code text", "plain text"], {
  indexes: [
    index("users_name", ["name"]),
    { ...patterned, keys: patterned.keys.map((key) => ({ ...key, operatorClass: "text_pattern_ops" })) },
    index("users_nick_plain", ["nick"]),
    index("users_code", ["code"]),
    index("users_name_gin", ["plain"], { method: "gin" }),
  ],
});
const users = { ...base, columns: base.columns.map((column) => (column.name === "code" ? { ...column, collation: "C" } : column)) };
const known = { schema: schema(catalogue(users)) };
const FOUND = query("SELECT * FROM users WHERE name LIKE 'a%'");

describeRule(likePrefixCollation, {
  firing: [
    ["a prefix", FOUND, "LIKE with a fixed beginning on users.name, whose index users_name is sorted by the collation", known],
    ["an alias", query("SELECT * FROM users u WHERE u.id > 5 AND u.name LIKE 'ab_c'"), "users.name", known],
    ["a cast", query("SELECT * FROM users WHERE name::text LIKE 'a%'::text"), "users.name", known],
    ["an UPDATE", query("UPDATE users SET id = 1 WHERE name LIKE 'a%'"), "users.name", known],
    ["a view of a migration", { [MIGRATION]: "CREATE VIEW v AS SELECT * FROM users WHERE name LIKE 'a%'" }, "users.name", known],
  ],
  silent: [
    ["a wildcard in front", query("SELECT * FROM users WHERE name LIKE '%a'"), known],
    ["no wildcard", query("SELECT * FROM users WHERE name LIKE 'abc'"), known],
    ["a parameter", query("SELECT * FROM users WHERE name LIKE $1"), known],
    ["text_pattern_ops", query("SELECT * FROM users WHERE nick LIKE 'a%'"), known],
    ["a column with collation C", query("SELECT * FROM users WHERE code LIKE 'a%'"), known],
    ["a column without a B-tree", query("SELECT * FROM users WHERE plain LIKE 'a%'"), known],
    ["a schema that is not known", FOUND],
    ["what a migration runs once", { [MIGRATION]: "DELETE FROM users WHERE name LIKE 'a%'" }, known],
  ],
});

describe("queries/like-prefix-collation", () => {
  it("asks while the database's collation is not known, is a notice where it is, and silent where that is C", async () => {
    const severity = async (configuration: string) =>
      (await findingsIn(likePrefixCollation, FOUND, configuration, known)).map((finding) => finding.severity);
    expect(await severity("")).toEqual(["question"]);
    expect(await severity("database: { collation: en_US.utf8 }")).toEqual(["notice"]);
    expect(await severity("database: { collation: C }")).toEqual([]);
  });

  it("writes the index", async () => {
    const [finding] = await findingsIn(likePrefixCollation, FOUND, "", known);
    expect(plain(finding?.help ?? [])).toContain("CREATE INDEX CONCURRENTLY ON public.users (name text_pattern_ops);");
  });
});
