import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { lockTimeoutMissing } from "../../../src/rules/migrations/lock-timeout-missing.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const unset = { limitsLockWaits: false };
const alter = "ALTER TABLE orders ADD COLUMN a int;";

describeRule(lockTimeoutMissing, {
  firing: [
    ["ALTER TABLE", alter, "No migration of this repository sets lock_timeout, and this one locks orders", unset],
    ["CREATE INDEX", "CREATE INDEX i ON shop.orders (a);", "locks shop.orders", unset],
    ["DROP TABLE", "DROP TABLE orders;", "locks orders", unset],
    ["a rename", "ALTER TABLE orders RENAME TO purchases;", "locks orders", unset],
    ["several files, once", { "migrations/1.sql": alter, "migrations/2.sql": "ALTER TABLE items ADD b int;" }, "locks orders", unset],
    ["a lock_timeout of 0, which is none", `SET lock_timeout = 0; ${alter}`, "locks orders", unset],
  ],
  silent: [
    ["a repository that is not known", alter],
    ["a migration at the base that sets it", alter, { limitsLockWaits: true }],
    ["many migrations that did without, whose authors know", alter, { ...unset, unlimitedMigrations: 20 }],
    ["a file that sets it", `SET lock_timeout = '5s'; ${alter}`, unset],
    ["another file of the change that sets it", { "migrations/1.sql": "SET LOCAL lock_timeout = '5s';", "migrations/2.sql": alter }, unset],
    ["new tables", `CREATE TABLE orders (id int); ${alter} CREATE INDEX i ON orders (id);`, unset],
    ["weak locks", "ALTER TABLE orders VALIDATE CONSTRAINT c; CREATE INDEX CONCURRENTLY i ON orders (a);", unset],
    ["rows", "UPDATE orders SET a = 1 WHERE id = 1;", unset],
    ["another dialect", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD COLUMN a INT" }, unset],
    ["a query file", { "src/queries/x.sql": alter }, unset],
  ],
});

describe("migrations/lock-timeout-missing", () => {
  it("speaks after many migrations without it only of a table that is known to be large", async () => {
    const settled = { ...unset, unlimitedMigrations: 20 };
    const both = `ALTER TABLE items ADD b int;\n${alter}`;
    expect(await findingsIn(lockTimeoutMissing, both, rowsOf(2e6), settled)).toMatchObject([{ at: { line: 2 } }]);
    expect(await findingsIn(lockTimeoutMissing, both, rowsOf(2e5), settled)).toEqual([]);
  });

  it("is a notice at the first statement, and keeps the reason why it is suppressed", async () => {
    const [finding] = await findingsIn(lockTimeoutMissing, `SELECT 1;\n${alter}`, "", unset);
    expect(finding).toMatchObject({ severity: "notice", at: { line: 2 } });
    expect(plain(finding?.help ?? [])).toContain("ALTER ROLE … SET lock_timeout = '5s';");
    const ignored = `-- redline-ignore migrations/lock-timeout-missing: the pooler sets it\n${alter}`;
    expect((await findingsIn(lockTimeoutMissing, ignored, "", unset))[0]?.suppressed).toBe("the pooler sets it");
  });
});
