import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { indexDropBlocking } from "../../../src/rules/migrations/index-drop-blocking.js";
import { catalogue, index, observation, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const ordersOf = (kind: "table" | "partitioned") =>
  schema(catalogue(relation("orders", ["a int"], { kind, indexes: [index("i", ["a"])] })));

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
    [
      "an index whose table the schema knows",
      "DROP INDEX i;",
      "DROP INDEX i of orders without CONCURRENTLY",
      { schema: ordersOf("table") },
    ],
    [
      "the lock that was observed",
      "DROP INDEX i;",
      "without CONCURRENTLY, takes ACCESS EXCLUSIVE on orders (observed)",
      { observed: { 1: observation({ orders: "ACCESS EXCLUSIVE" }) } },
    ],
    ["a SET LOCAL that ended with its transaction", "BEGIN; SET LOCAL lock_timeout = '2s'; COMMIT;\nDROP INDEX i;", "DROP INDEX i"],
  ],
  silent: [
    ["CONCURRENTLY", "DROP INDEX CONCURRENTLY IF EXISTS i;"],
    ["a limited wait", "SET lock_timeout = '5s';\nDROP INDEX i;"],
    ["a limited wait in the transaction", "BEGIN; SET LOCAL lock_timeout TO 3000; DROP INDEX i; COMMIT;"],
    ["an index of a partitioned table, where CONCURRENTLY is refused", "DROP INDEX i;", { schema: ordersOf("partitioned") }],
    ["IF EXISTS that found nothing when it ran", "DROP INDEX IF EXISTS i;", { observed: { 1: observation({}) } }],
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

  it("is a warning where the schema shows that the table is large", async () => {
    const known = { schema: ordersOf("table") };
    expect((await findingsIn(indexDropBlocking, "DROP INDEX i;", rowsOf(1_000_000), known))[0]?.severity).toBe("warning");
  });

  it("gives the safe form, and the way where that is impossible", async () => {
    const help = plain((await findingsIn(indexDropBlocking, 'DROP INDEX "I";'))[0]?.help ?? []);
    expect(help).toContain('DROP INDEX CONCURRENTLY "I";');
    expect(help).toContain("SET lock_timeout = '5s';");
  });
});
