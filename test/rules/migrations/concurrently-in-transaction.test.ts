import { describe, expect, it } from "vitest";
import type { MigrationRun } from "../../../src/model/statements.js";
import { plain, text } from "../../../src/model/text.js";
import { concurrentlyInTransaction } from "../../../src/rules/migrations/concurrently-in-transaction.js";
import { describeRule, findingsIn } from "../statements.js";

const CREATE = "CREATE INDEX CONCURRENTLY i ON orders (a);";
const run = (tool: string, transaction: MigrationRun["transaction"]): { readonly run: MigrationRun } => ({
  run: { tool, transaction, withoutTransaction: text`Write ${"-- +goose NO TRANSACTION"} into it.` },
});

describeRule(concurrentlyInTransaction, {
  firing: [
    ["BEGIN in the file itself", `BEGIN; ${CREATE} COMMIT;`, "CREATE INDEX CONCURRENTLY between BEGIN and COMMIT"],
    ["START TRANSACTION", "START TRANSACTION; DROP INDEX CONCURRENTLY i; END;", "DROP INDEX CONCURRENTLY between"],
    ["a REINDEX in its older spelling", "BEGIN; REINDEX (CONCURRENTLY) TABLE orders;", "REINDEX CONCURRENTLY"],
    ["a partition detached", "BEGIN; ALTER TABLE orders DETACH PARTITION p CONCURRENTLY; COMMIT;", "DETACH PARTITION CONCURRENTLY"],
    ["VACUUM", "BEGIN; VACUUM ANALYZE orders; COMMIT;", "VACUUM between"],
    ["a tool that wraps the file", CREATE, "in a file that goose runs in one transaction", run("goose", "file")],
    [
      "a tool that sends the file as one string",
      `SET lock_timeout = '5s'; ${CREATE}`,
      "beside other statements in a file that prisma",
      run("prisma", "implicit"),
    ],
    ["a transaction opened in a file that no tool wraps", `BEGIN; ${CREATE} COMMIT;`, "between BEGIN", run("goose", "statement")],
    [
      "a statement that is added to a file that goes as one string",
      `SELECT 1; ${CREATE}`,
      "beside other statements",
      { ...run("prisma", "implicit"), before: "SELECT 1;" },
    ],
    ["a statement that is added behind an older BEGIN", `BEGIN; ${CREATE} COMMIT;`, "between BEGIN", { before: "BEGIN; COMMIT;" }],
    ["a DO block", `DO $$ BEGIN ${CREATE} END $$;`, "inside a DO block"],
    [
      "a table created in the change, because it fails all the same",
      `BEGIN; CREATE TABLE orders (a int); ${CREATE} COMMIT;`,
      "between BEGIN",
    ],
  ],
  silent: [
    ["a file whose tool is not known", `${CREATE} DROP INDEX CONCURRENTLY j;`],
    ["a statement alone in a string", CREATE, run("prisma", "implicit")],
    ["a statement that stays alone in its file", CREATE, { ...run("prisma", "implicit"), before: "CREATE INDEX i ON orders (a);" }],
    ["several, run one by one", `${CREATE} DROP INDEX CONCURRENTLY j;`, run("goose", "statement")],
    ["a transaction that ended before", `BEGIN; SELECT 1; COMMIT; ${CREATE}`],
    ["a wrapped file that ends the tool's transaction itself", `COMMIT; ${CREATE} BEGIN;`, run("goose", "file")],
    ["a plain CREATE INDEX", "BEGIN; CREATE INDEX i ON orders (a); COMMIT;", run("goose", "file")],
    ["a view refreshed CONCURRENTLY, which may", "BEGIN; REFRESH MATERIALIZED VIEW CONCURRENTLY v; COMMIT;", run("goose", "file")],
    ["ANALYZE", "BEGIN; ANALYZE orders; COMMIT;", run("goose", "file")],
    ["a plain REINDEX and DETACH", "BEGIN; REINDEX TABLE orders; ALTER TABLE orders DETACH PARTITION p; COMMIT;"],
    ["a comment", `BEGIN; -- ${CREATE}\nSELECT 1; COMMIT;`, run("goose", "file")],
    ["MySQL", { "migrations/mysql/1.sql": "ALTER TABLE orders ADD COLUMN a int" }, run("goose", "file")],
  ],
});

describe("migrations/concurrently-in-transaction", () => {
  it("closes the gate and says in the tool's words how to run the file without a transaction", async () => {
    const [finding] = await findingsIn(concurrentlyInTransaction, CREATE, "", run("goose", "file"));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("Write -- +goose NO TRANSACTION into it.");
  });
});
