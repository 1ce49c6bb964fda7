import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { largeInList } from "../../../src/rules/queries/large-in-list.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const list = (length: number, value = (at: number) => String(at)) => Array.from({ length }, (_, at) => value(at)).join(", ");
const LARGE = query(`SELECT * FROM orders WHERE id IN (${list(201)})`);

describeRule(largeInList, {
  firing: [
    ["201 numbers", LARGE, "IN with 201 values"],
    ["strings", query(`SELECT * FROM orders WHERE state IN (${list(300, (at) => `'s${at}'`)})`), "300 values"],
    ["parameters", query(`SELECT * FROM orders WHERE id IN (${list(250, (at) => `$${at + 1}`)})`), "250 values"],
    ["NOT IN", query(`DELETE FROM orders WHERE id NOT IN (${list(201)})`), "201 values"],
    ["a sub-query's", query(`SELECT * FROM a WHERE x IN (SELECT y FROM b WHERE z IN (${list(201)}))`), "201 values"],
    ["MySQL's", { "queries/mysql/a.sql": `SELECT * FROM orders WHERE id IN (${list(201)})` }, "201 values"],
    ["SQLite's", { "queries/sqlite/a.sql": `SELECT * FROM orders WHERE id IN (${list(201)})` }, "201 values"],
  ],
  silent: [
    ["200 values", query(`SELECT * FROM orders WHERE id IN (${list(200)})`)],
    ["an array", query(`SELECT * FROM orders WHERE id = ANY ($1); SELECT * FROM orders WHERE id = ANY (ARRAY[${list(300)}])`)],
    ["rows to insert", query(`INSERT INTO orders (id) VALUES ${list(300, (at) => `(${at})`)}`)],
    ["many conditions", query(`SELECT * FROM orders WHERE ${list(9).replaceAll(", ", " < id AND ")} < id`)],
    ["what a migration runs once", { [MIGRATION]: `DELETE FROM orders WHERE id IN (${list(300)})` }],
  ],
});

describe("queries/large-in-list", () => {
  it("proposes an array to PostgreSQL only", async () => {
    const help = async (path: string) => plain((await findingsIn(largeInList, { [path]: LARGE[QUERY] ?? "" }))[0]?.help ?? []);
    expect(await help(QUERY)).toContain("ANY ($1)");
    expect(await help("queries/mysql/a.sql")).not.toContain("ANY");
  });
});
