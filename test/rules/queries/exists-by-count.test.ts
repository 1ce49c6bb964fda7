import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { existsByCount } from "../../../src/rules/queries/exists-by-count.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const mysql = (sql: string) => ({ "queries/mysql/a.sql": sql });

describeRule(existsByCount, {
  firing: [
    ["a sub-query that is more than 0", query("SELECT * FROM a WHERE (SELECT count(*) FROM b WHERE b.a_id = a.id) > 0"), "count(…) > 0"],
    ["one that is 0", query("SELECT * FROM a WHERE (SELECT count(b.id) FROM b WHERE b.a_id = a.id) = 0"), "count(…) = 0"],
    ["the result itself", query("SELECT count(*) > 0 FROM a WHERE x = $1"), "count(…) > 0"],
    ["the result as a column", query("SELECT count(*) >= 1 AS found FROM a WHERE x = $1"), "count(…) >= 1"],
    ["HAVING without groups", query("SELECT 1 FROM a WHERE x = $1 HAVING count(*) > 0"), "count(…) > 0"],
    ["a CASE", query("SELECT CASE WHEN (SELECT count(*) FROM b) > 0 THEN 1 ELSE 2 END"), "count(…) > 0"],
    ["MySQL's sub-query", mysql("SELECT * FROM a WHERE (SELECT COUNT(*) FROM b WHERE b.a_id = a.id) > 0"), "count(…) > 0"],
    ["SQLite's result", { "queries/sqlite/a.sql": "SELECT count(*) > 0 FROM a WHERE x = 1" }, "count(…) > 0"],
  ],
  silent: [
    ["EXISTS", query("SELECT EXISTS (SELECT 1 FROM b WHERE a_id = $1)")],
    ["another number", query("SELECT * FROM a WHERE (SELECT count(*) FROM b WHERE b.a_id = a.id) > 5")],
    ["a parameter", query("SELECT count(*) > $1 FROM a")],
    ["groups", query("SELECT x FROM a GROUP BY x HAVING count(*) > 0")],
    ["counts for themselves", query("SELECT count(*) FROM a; SELECT count(*), count(*) > 0 FROM a")],
    ["a window", query("SELECT count(*) OVER () > 0 FROM a")],
    ["a count of each group in a sub-query", query("SELECT * FROM a WHERE (SELECT count(*) FROM b GROUP BY x LIMIT 1) > 0")],
    ["what a migration runs once", { [MIGRATION]: "UPDATE a SET x = (SELECT count(*) FROM b) > 0" }],
  ],
});

describe("queries/exists-by-count", () => {
  it("is a notice that names EXISTS", async () => {
    const [finding] = await findingsIn(existsByCount, query("SELECT count(*) > 0 FROM a"));
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain("SELECT EXISTS");
  });
});
