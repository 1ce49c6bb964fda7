import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { likeLeadingWildcard } from "../../../src/rules/queries/like-leading-wildcard.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const mysql = (sql: string) => ({ "queries/mysql/a.sql": sql });

describeRule(likeLeadingWildcard, {
  firing: [
    ["a literal", query("SELECT * FROM users WHERE email LIKE '%@example.com'"), "LIKE on email with a wildcard in front"],
    ["a joined parameter", query("SELECT * FROM users WHERE name LIKE '%' || $1 || '%'"), "LIKE on name"],
    [
      "sqlc's parameter below a template comment",
      query("SELECT * FROM /* TEMPLATE: schema */t WHERE kind ILIKE '%' || @match || '%'"),
      "ILIKE on kind",
    ],
    ["concat", query("SELECT * FROM users WHERE name LIKE concat('%', $1::text)"), "LIKE on name"],
    ["any ILIKE, whose index would have to fold case", query("SELECT * FROM users WHERE email ILIKE $1"), "ILIKE on email."],
    ["ILIKE ANY", query("SELECT * FROM users WHERE email ILIKE ANY ($1)"), "ILIKE on email"],
    ["LIKE ANY of an array", query("SELECT * FROM users WHERE email LIKE ANY (ARRAY['a%', '%b'])"), "LIKE on email"],
    ["a folded column and pattern", query("SELECT * FROM users WHERE lower(email) LIKE lower('%X')"), "LIKE on email"],
    ["a join's condition", query("SELECT * FROM a JOIN b ON a.x LIKE '%' || b.y"), "LIKE on x"],
    ["a DELETE inside a DO block", query("DO $$ BEGIN DELETE FROM users WHERE email LIKE '%x'; END $$"), "LIKE on email"],
    ["a view of a migration", { [MIGRATION]: "CREATE VIEW v AS SELECT * FROM users WHERE email LIKE '%x'" }, "LIKE on email"],
    ["MySQL's CONCAT", mysql("SELECT * FROM users WHERE name LIKE CONCAT('%', ?)"), "LIKE on name"],
    ["SQLite's join operator", { "queries/sqlite/a.sql": "SELECT * FROM users WHERE name LIKE '%' || ?" }, "LIKE on name"],
  ],
  silent: [
    ["a wildcard behind", query("SELECT * FROM users WHERE email LIKE 'x%' AND name LIKE $1 || '%'")],
    ["a parameter alone", query("SELECT * FROM users WHERE email LIKE $1")],
    ["NOT LIKE, which no index answers", query("SELECT * FROM users WHERE email NOT LIKE '%x' AND a NOT ILIKE 'b'")],
    ["a result, not a condition", query("SELECT email LIKE '%x' FROM users WHERE id = $1")],
    [
      "a trigram index made in the same change",
      {
        [MIGRATION]: "CREATE INDEX CONCURRENTLY i ON users USING gin (email gin_trgm_ops)",
        [QUERY]: "SELECT * FROM users WHERE email ILIKE $1",
      },
    ],
    [
      "a trigram index of the folded column",
      {
        [MIGRATION]: "CREATE INDEX i ON users USING gist (lower(email) gist_trgm_ops)",
        [QUERY]: "SELECT * FROM users WHERE lower(email) LIKE '%x'",
      },
    ],
    ["a comment", query("SELECT * FROM users WHERE id = 1 -- AND email LIKE '%x'\n/* email ILIKE $1 */")],
    ["a string", query("SELECT * FROM users WHERE note = 'email LIKE ''%x'''")],
    ["what a migration runs once", { [MIGRATION]: "DELETE FROM users WHERE email LIKE '%x'" }],
    ["a warehouse, which has no B-trees", { "queries/snowflake/a.sql": "SELECT * FROM users WHERE email LIKE '%x'" }],
    ["MySQL's wildcard behind", mysql("SELECT * FROM users WHERE name LIKE 'a%' AND b LIKE CONCAT(?, '%')")],
  ],
});

describe("queries/like-leading-wildcard", () => {
  it("is silent where the schema has a trigram index of the column, or of an expression with it", async () => {
    const trigram = (keys: readonly string[]) => {
      const made = index("i", keys, { method: "gin" });
      const indexes = [{ ...made, keys: made.keys.map((key) => ({ ...key, operatorClass: "gin_trgm_ops" })) }];
      return { schema: schema(catalogue(relation("users", ["email text"], { indexes }))) };
    };
    const sql = query("SELECT * FROM users WHERE lower(email) LIKE '%x'");
    expect(await findingsIn(likeLeadingWildcard, sql, "", trigram(["email"]))).toEqual([]);
    expect(await findingsIn(likeLeadingWildcard, sql, "", trigram(["lower(email)"]))).toEqual([]);
    expect(await findingsIn(likeLeadingWildcard, sql, "", trigram(["name"]))).toHaveLength(1);
  });

  it("proposes a trigram index to PostgreSQL, and never CONCURRENTLY to another", async () => {
    const help = async (path: string) =>
      plain((await findingsIn(likeLeadingWildcard, { [path]: "SELECT 1 FROM t WHERE a LIKE '%x'" }))[0]?.help ?? []);
    expect(await help(QUERY)).toContain("USING gin (a gin_trgm_ops)");
    expect(await help("queries/mysql/a.sql")).not.toContain("CONCURRENTLY");
  });
});
