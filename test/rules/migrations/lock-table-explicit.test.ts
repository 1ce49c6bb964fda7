import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { lockTableExplicit } from "../../../src/rules/migrations/lock-table-explicit.js";
import { describeRule, findingsIn } from "../statements.js";

describeRule(lockTableExplicit, {
  firing: [
    ["the default mode", "LOCK TABLE orders;", "LOCK TABLE orders (ACCESS EXCLUSIVE)"],
    ["SHARE", "LOCK TABLE orders IN SHARE MODE;", "(SHARE)"],
    ["SHARE ROW EXCLUSIVE", "LOCK orders IN SHARE ROW EXCLUSIVE MODE NOWAIT;", "(SHARE ROW EXCLUSIVE)"],
    ["several tables, as one list", "LOCK TABLE orders, shop.items IN EXCLUSIVE MODE;", "line 1: LOCK TABLE shop.items (EXCLUSIVE)"],
    ["one inside a DO block", "DO $$ BEGIN LOCK TABLE orders; END $$;", "LOCK TABLE orders"],
    ["MySQL", { "migrations/mysql/1.sql": "LOCK TABLES orders WRITE" }, "LOCK TABLE orders (WRITE)"],
  ],
  silent: [
    ["SHARE UPDATE EXCLUSIVE", "LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;"],
    ["ROW EXCLUSIVE", "LOCK TABLE orders IN ROW EXCLUSIVE MODE;"],
    ["ACCESS SHARE", "LOCK TABLE orders IN ACCESS SHARE MODE;"],
    ["a table created in the change", "CREATE TABLE orders (id int); LOCK TABLE orders;"],
    ["rows", "SELECT 1 FROM orders WHERE id = 1 FOR UPDATE;"],
    ["an advisory lock", "SELECT pg_advisory_lock(1);"],
  ],
});

describe("migrations/lock-table-explicit", () => {
  it("warns, and gives a narrower lock as SQL", async () => {
    const [finding] = await findingsIn(lockTableExplicit, "LOCK TABLE orders;");
    expect(finding?.severity).toBe("warning");
    expect(plain(finding?.help ?? [])).toContain("LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;");
  });
});
