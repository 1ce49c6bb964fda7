import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { mysqlIndexNoDml } from "../../../src/rules/migrations/mysql-index-no-dml.js";
import { describeRule, findingsIn, rowsOf, type Sql } from "../statements.js";

const my = (sql: string): Sql => ({ "migrations/mysql/1.sql": sql });

describeRule(mysqlIndexNoDml, {
  firing: [
    ["ADD FULLTEXT INDEX", my("ALTER TABLE posts ADD FULLTEXT INDEX i (body)"), "FULLTEXT INDEX on posts"],
    ["ADD FULLTEXT KEY", my("ALTER TABLE posts ADD FULLTEXT KEY i (body)"), "FULLTEXT INDEX on posts"],
    ["CREATE FULLTEXT INDEX", my("CREATE FULLTEXT INDEX i ON posts (body)"), "FULLTEXT INDEX on posts"],
    ["ADD SPATIAL INDEX", my("ALTER TABLE places ADD SPATIAL INDEX i (at)"), "SPATIAL INDEX on places"],
    ["MariaDB", { "migrations/mariadb/1.sql": "CREATE SPATIAL INDEX i ON places (at)" }, "SPATIAL INDEX on places"],
  ],
  silent: [
    ["a plain index", my("CREATE INDEX i ON posts (a)")],
    ["a unique index", my("CREATE UNIQUE INDEX i ON posts (a)")],
    ["a table created in the change", my("CREATE TABLE posts (body TEXT); CREATE FULLTEXT INDEX i ON posts (body);")],
    ["an index of a new table", my("CREATE TABLE posts (body TEXT, FULLTEXT KEY i (body))")],
    ["PostgreSQL", "CREATE INDEX i ON posts USING gin (body);"],
  ],
});

describe("migrations/mysql-index-no-dml", () => {
  it("goes with the rows", async () => {
    const [finding] = await findingsIn(mysqlIndexNoDml, my("CREATE FULLTEXT INDEX i ON orders (a)"), rowsOf(2e6));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("gh-ost");
  });
});
