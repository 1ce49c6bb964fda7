import { describe, expect, it } from "vitest";
import { lockWaits } from "../../src/evidence/lock-waits.js";
import { configOf } from "../config/reading.js";
import { type Files, snapshotOf, treeOf } from "./schema-facts.js";

const limits = (base: Files, head: Files): boolean | undefined =>
  lockWaits(treeOf(head), snapshotOf(base, head), configOf("")).limitsLockWaits;
const first = { "migrations/1.sql": "CREATE TABLE a (id int);" };

describe("whether lock waits are limited", () => {
  it("is so where a migration of the base sets lock_timeout", () => {
    const base = { ...first, "migrations/2.sql": "SET LOCK_TIMEOUT = '5s';" };
    expect(limits(base, { ...base, "migrations/3.sql": "SELECT 1;" })).toBe(true);
  });

  it("is so where a setting of the tool does", () => {
    const base = { ...first, "knexfile.ts": "afterCreate: SET lock_timeout = '5s'" };
    expect(limits(base, { ...base, "migrations/3.sql": "SELECT 1;" })).toBe(true);
  });

  it("is not where migrations are there and none does, whatever this change adds", () => {
    expect(limits(first, { ...first, "migrations/2.sql": "SET lock_timeout = '5s';" })).toBe(false);
  });

  it("is not so where a program sets it for its own queries", () => {
    const base = { ...first, "src/task.go": "SET LOCAL lock_timeout = 500" };
    expect(limits(base, { ...first, "src/task.go": "" })).toBe(false);
  });

  it("is not known without a migration of PostgreSQL, or with one that was not read", () => {
    expect(limits({}, first)).toBeUndefined();
    expect(limits({ "migrations/mysql/1.sql": "SELECT 1" }, { "migrations/mysql/1.sql": "SELECT 1" })).toBeUndefined();
    const unread = { files: [{ path: "migrations/1.sql", sha: "a", unread: "binary" }] };
    expect(lockWaits(unread, snapshotOf({}, {}), configOf(""))).toEqual({});
  });

  it("comes with the number of migrations that do without", () => {
    const base = { ...first, "migrations/2.sql": "SELECT 1;" };
    const head = { ...base, "migrations/3.sql": "SELECT 2;" };
    expect(lockWaits(treeOf(head), snapshotOf(base, head), configOf("")).unlimitedMigrations).toBe(2);
  });
});
