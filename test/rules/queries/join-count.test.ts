import { describe, expect, it } from "vitest";
import { joinCount } from "../../../src/rules/queries/join-count.js";
import { describeRule, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const joins = (count: number) =>
  `SELECT 1 FROM t0 ${Array.from({ length: count - 1 }, (_, at) => `JOIN t${at + 1} ON t${at + 1}.id = t${at}.next_id`).join(" ")}`;

describeRule(joinCount, {
  firing: [
    ["nine tables", query(joins(9)), "9 tables and queries"],
    ["commas", query(`SELECT 1 FROM ${Array.from({ length: 10 }, (_, at) => `t${at}`).join(", ")}`), "10 tables"],
    ["a sub-query's tables", query(`SELECT * FROM (${joins(9)}) s`), "9 tables"],
    ["an UPDATE's", query(`UPDATE u SET x = 1 FROM ${Array.from({ length: 8 }, (_, at) => `t${at}`).join(", ")}`), "9 tables"],
    ["a view of a migration", { [MIGRATION]: `CREATE VIEW v AS ${joins(12)}` }, "12 tables"],
  ],
  silent: [
    ["eight tables", query(joins(8))],
    ["tables of several levels", query(`SELECT * FROM (${joins(5)}) s WHERE EXISTS (${joins(5)})`)],
    ["arms of a UNION", query(`${joins(5)} UNION ALL ${joins(5)}`)],
    ["MySQL", { "queries/mysql/a.sql": joins(9) }],
    ["what a migration runs once", { [MIGRATION]: `INSERT INTO x ${joins(9)}` }],
  ],
});

describe("queries/join-count", () => {
  it("is off unless the configuration wants it", () => {
    expect(joinCount.off).toBe(true);
  });
});
