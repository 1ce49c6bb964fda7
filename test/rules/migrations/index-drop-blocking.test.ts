import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { indexDropBlocking } from "../../../src/rules/migrations/index-drop-blocking.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

describeRule(indexDropBlocking, {
  firing: [
    ["a plain DROP INDEX", "DROP INDEX i;", "DROP INDEX i without CONCURRENTLY"],
    ["IF EXISTS in a schema", "DROP INDEX IF EXISTS shop.i;", "shop.i"],
    ["several in one statement", "DROP INDEX i, j CASCADE;", "DROP INDEX j"],
    ["one inside a DO block", "DO $$ BEGIN DROP INDEX i; END $$;", "DROP INDEX i"],
    ["a lock_timeout of 0, which is none", "SET lock_timeout = 0; DROP INDEX i;", "DROP INDEX i"],
    ["a lock_timeout that was reset", "SET lock_timeout = '2s'; RESET lock_timeout; DROP INDEX i;", "DROP INDEX i"],
    ["a lock_timeout set too late", "DROP INDEX i;\nSET lock_timeout = '2s';", "DROP INDEX i"],
    [
      "a lock_timeout in a comment or a string",
      "-- SET lock_timeout = '2s';\nSELECT 'SET lock_timeout = 2';\nDROP INDEX i;",
      "DROP INDEX i",
    ],
  ],
  silent: [
    ["CONCURRENTLY", "DROP INDEX CONCURRENTLY IF EXISTS i;"],
    ["a limited wait", "SET lock_timeout = '5s';\nDROP INDEX i;"],
    ["a limited wait in the transaction", "BEGIN; SET LOCAL lock_timeout TO 3000; DROP INDEX i; COMMIT;"],
    ["DROP TABLE", "DROP TABLE i;"],
    ["a comment", "/* DROP INDEX i; */ SELECT 1; -- DROP INDEX i;"],
    ["a string", "SELECT 'DROP INDEX i;', E'it\\'s; DROP INDEX i;';"],
    ["a function body, which runs later", "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DROP INDEX i';"],
    ["MySQL", { "migrations/mysql/1.sql": "DROP INDEX i ON orders" }],
  ],
});

describe("migrations/index-drop-blocking", () => {
  it("is a notice, and a warning where the changes themselves show that the table is large", async () => {
    const sql = "DROP INDEX i; CREATE INDEX CONCURRENTLY i ON orders (a, b);";
    expect((await findingsIn(indexDropBlocking, sql))[0]?.severity).toBe("notice");
    expect((await findingsIn(indexDropBlocking, sql, rowsOf(1_000_000)))[0]?.severity).toBe("warning");
  });

  it("gives the safe form, and the way where that is impossible", async () => {
    const help = plain((await findingsIn(indexDropBlocking, 'DROP INDEX "I";'))[0]?.help ?? []);
    expect(help).toContain('DROP INDEX CONCURRENTLY "I";');
    expect(help).toContain("SET lock_timeout = '5s';");
  });
});
