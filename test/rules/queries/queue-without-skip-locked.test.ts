import { describe, expect, it } from "vitest";
import { queueWithoutSkipLocked } from "../../../src/rules/queries/queue-without-skip-locked.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const CLAIM = query("SELECT id FROM jobs WHERE state = 'ready' ORDER BY id LIMIT 1 FOR UPDATE");

describeRule(queueWithoutSkipLocked, {
  firing: [
    ["a claim", CLAIM, "LIMIT … FOR UPDATE that waits"],
    [
      "inside an UPDATE",
      query("UPDATE jobs SET state = 'run' WHERE id = (SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE)"),
      "that waits",
    ],
    [
      "inside a CTE",
      query(
        "WITH c AS (SELECT id FROM jobs ORDER BY prio DESC, id LIMIT $1 FOR NO KEY UPDATE) DELETE FROM jobs USING c WHERE jobs.id = c.id",
      ),
      "that waits",
    ],
    ["FETCH FIRST", query("SELECT id FROM jobs ORDER BY run_at FETCH FIRST 5 ROWS ONLY FOR UPDATE"), "that waits"],
    ["a claim of one queue", query("SELECT id FROM jobs WHERE queue = $1 ORDER BY id LIMIT 1 FOR UPDATE"), "that waits"],
    ["MySQL", { "queries/mysql/a.sql": "SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE" }, "that waits"],
  ],
  silent: [
    ["SKIP LOCKED", query("SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED")],
    ["NOWAIT", query("SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE NOWAIT")],
    ["no LIMIT", query("SELECT id FROM jobs WHERE state = 'ready' ORDER BY id FOR UPDATE")],
    ["no order", query("SELECT id FROM jobs WHERE x = $1 LIMIT 1 FOR UPDATE")],
    ["a row named by its key", query("SELECT id FROM jobs WHERE id = $1 ORDER BY id LIMIT 1 FOR UPDATE")],
    ["the newest version", query("SELECT id FROM versions WHERE doc_id = $1 ORDER BY version DESC LIMIT 1 FOR UPDATE")],
    ["FOR SHARE", query("SELECT id FROM jobs ORDER BY id LIMIT 1 FOR SHARE")],
    ["MySQL's SKIP LOCKED", { "queries/mysql/a.sql": "SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED" }],
    ["what a migration runs once", { [MIGRATION]: "DO $$ BEGIN PERFORM id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE; END $$" }],
  ],
});

describe("queries/queue-without-skip-locked", () => {
  it("is a notice: strict order may be wanted", async () => {
    expect((await findingsIn(queueWithoutSkipLocked, CLAIM))[0]?.severity).toBe("notice");
  });
});
