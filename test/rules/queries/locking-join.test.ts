import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { lockingJoin } from "../../../src/rules/queries/locking-join.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });

describeRule(lockingJoin, {
  firing: [
    ["FOR UPDATE", query("SELECT * FROM jobs j JOIN queues q ON q.id = j.queue_id FOR UPDATE"), "FOR UPDATE over a join of j, q"],
    ["SKIP LOCKED", query("SELECT * FROM jobs j, queues q WHERE q.id = j.queue_id FOR UPDATE SKIP LOCKED"), "j, q"],
    ["FOR SHARE", query("SELECT * FROM jobs j JOIN queues q ON q.id = j.queue_id FOR SHARE"), "FOR SHARE over a join"],
    ["FOR NO KEY UPDATE", query("SELECT * FROM a JOIN b USING (id) FOR NO KEY UPDATE"), "a, b"],
    [
      "a CTE that locks",
      query("WITH c AS (SELECT a.id FROM a JOIN b USING (id) FOR UPDATE) DELETE FROM d USING c WHERE d.id = c.id"),
      "a, b",
    ],
    ["a sub-query in the join", query("SELECT * FROM a JOIN (SELECT id FROM b) c ON c.id = a.id FOR UPDATE"), "a, c"],
    ["MySQL", { "queries/mysql/a.sql": "SELECT * FROM jobs j JOIN queues q ON q.id = j.queue_id FOR UPDATE" }, "j, q"],
  ],
  silent: [
    ["OF", query("SELECT * FROM jobs j JOIN queues q ON q.id = j.queue_id FOR UPDATE OF j SKIP LOCKED")],
    ["one table", query("SELECT * FROM jobs WHERE id = $1 FOR UPDATE")],
    ["a CTE beside it, whose rows are not locked", query("WITH c AS (SELECT id FROM b) SELECT * FROM a JOIN c ON c.id = a.id FOR UPDATE")],
    ["a function beside it", query("SELECT * FROM a JOIN unnest($1::int[]) u(id) ON u.id = a.id FOR UPDATE")],
    ["a sub-query in WHERE", query("SELECT * FROM a WHERE id IN (SELECT a_id FROM b) FOR UPDATE")],
    ["a join without locks", query("SELECT * FROM jobs j JOIN queues q ON q.id = j.queue_id")],
    ["what a migration runs once", { [MIGRATION]: "DO $$ BEGIN PERFORM 1 FROM a JOIN b USING (id) FOR UPDATE; END $$" }],
  ],
});

describe("queries/locking-join", () => {
  it("writes the clause to use", async () => {
    const [finding] = await findingsIn(lockingJoin, query("SELECT * FROM jobs j JOIN queues q ON q.id = j.queue_id FOR UPDATE"));
    expect([finding?.severity, plain(finding?.help ?? [])]).toEqual(["warning", expect.stringContaining("FOR UPDATE OF j")]);
  });
});
