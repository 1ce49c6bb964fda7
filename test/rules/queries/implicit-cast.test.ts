import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { implicitCast } from "../../../src/rules/queries/implicit-cast.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const mysqlQuery = (sql: string) => ({ "queries/mysql/a.sql": sql });
const indexes = [index("orders_pkey", ["id"], { unique: true, primary: true }), index("orders_ref", ["ref", "total"])];
const known = { schema: schema(catalogue(relation("orders", ["id bigint not null", "ref text", "total integer"], { indexes }))) };
const mysql = {
  schema: {
    ...schema(catalogue(relation("orders", ["id bigint not null", "ref varchar(20)", "total int"], { indexes }))),
    dialect: "mysql" as const,
  },
};

describeRule(implicitCast, {
  firing: [
    ["a fraction", query("SELECT * FROM orders WHERE id = 1.5"), "orders.id (bigint, index orders_pkey) is compared with numeric", known],
    ["a numeric parameter", query("SELECT * FROM orders WHERE id = $1::numeric"), "numeric", known],
    ["double precision", query("SELECT * FROM orders WHERE id > $1::double precision"), "float8", known],
    ["the other side", query("DELETE FROM orders o WHERE $1::numeric = o.id"), "numeric", known],
    [
      "MySQL's text and number",
      mysqlQuery("SELECT * FROM orders WHERE ref = 42"),
      "orders.ref (varchar(20), index orders_ref) is compared with a number",
      mysql,
    ],
  ],
  silent: [
    ["the column's type", query("SELECT * FROM orders WHERE id = $1::bigint AND id = 5 AND id = $2"), known],
    ["a narrower type", query("SELECT * FROM orders WHERE id = $1::int"), known],
    ["a column that leads no index", query("SELECT * FROM orders WHERE total = 1.5"), known],
    ["a result", query("SELECT id = 1.5 FROM orders"), known],
    ["a schema that is not known", query("SELECT * FROM orders WHERE id = 1.5")],
    ["MySQL's string", mysqlQuery("SELECT * FROM orders WHERE ref = '42' AND id = 5"), mysql],
    ["what a migration runs once", { [MIGRATION]: "DELETE FROM orders WHERE id = 1.5" }, known],
  ],
});

describe("queries/implicit-cast", () => {
  it("writes the cast to the column's type", async () => {
    const [finding] = await findingsIn(implicitCast, query("SELECT * FROM orders WHERE id = $1::numeric"), "", known);
    expect(plain(finding?.help ?? [])).toContain("$1::bigint");
  });
});
