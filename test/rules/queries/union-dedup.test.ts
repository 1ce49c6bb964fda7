import { describe, expect, it } from "vitest";
import { unionDedup } from "../../../src/rules/queries/union-dedup.js";
import { describeRule, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });

describeRule(unionDedup, {
  firing: [
    ["different constants", query("SELECT 'a', id FROM a UNION SELECT 'b', id FROM b"), "different constants"],
    ["typed constants", query("SELECT 'a'::text AS k, id FROM a UNION SELECT 'b'::text, id FROM b"), "different constants"],
    ["numbers", query("SELECT id, 1 FROM a UNION SELECT id, 2 FROM b"), "different constants"],
    ["a sub-query", query("SELECT * FROM (SELECT 1, x FROM a UNION SELECT 2, x FROM b) c"), "different constants"],
    ["MySQL", { "queries/mysql/a.sql": "SELECT 'a', id FROM a UNION SELECT 'b', id FROM b" }, "different constants"],
  ],
  silent: [
    ["UNION ALL", query("SELECT 'a', id FROM a UNION ALL SELECT 'b', id FROM b")],
    ["equal constants", query("SELECT 'a', id FROM a UNION SELECT 'a', id FROM b")],
    ["columns", query("SELECT id FROM a UNION SELECT id FROM b")],
    ["a constant on one side", query("SELECT 'a', id FROM a UNION SELECT kind, id FROM b")],
    ["EXCEPT", query("SELECT 1, id FROM a EXCEPT SELECT 2, id FROM b")],
    ["what a migration runs once", { [MIGRATION]: "INSERT INTO t SELECT 1, id FROM a UNION SELECT 2, id FROM b" }],
  ],
});

describe("queries/union-dedup", () => {
  it("is off unless the configuration wants it", () => {
    expect(unionDedup.off).toBe(true);
  });
});
