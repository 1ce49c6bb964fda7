import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { outerJoinNullTest } from "../../../src/rules/queries/outer-join-null-test.js";
import { catalogue, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn, MIGRATION, QUERY } from "../statements.js";

const query = (sql: string) => ({ [QUERY]: sql });
const known = {
  schema: schema(
    catalogue(
      relation("orders", ["id bigint not null", "state text not null"]),
      relation("invoices", ["id bigint not null", "order_id bigint not null", "paid_at date", "kind text not null"]),
    ),
  ),
};
const FOUND = query("SELECT o.* FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.id IS NULL");

describeRule(outerJoinNullTest, {
  firing: [
    ["the primary key", FOUND, "LEFT JOIN of i is tested by i.id IS NULL, and joined by i.order_id", known],
    [
      "another column",
      query("SELECT 1 FROM orders o LEFT JOIN invoices i ON o.id = i.order_id AND i.kind = 'a' WHERE o.state = 'x' AND i.id IS NULL"),
      "tested by i.id",
      known,
    ],
    [
      "a table without an alias",
      query("SELECT 1 FROM orders LEFT JOIN invoices ON invoices.order_id = orders.id WHERE invoices.id IS NULL"),
      "invoices.id",
      known,
    ],
    [
      "a column that only one table has",
      query("SELECT 1 FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE kind IS NULL"),
      "i.kind",
      known,
    ],
    [
      "a sub-query",
      query("SELECT * FROM orders WHERE id IN (SELECT o.id FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.id IS NULL)"),
      "i.id",
      known,
    ],
    [
      "a DELETE's",
      query(
        "DELETE FROM orders WHERE id = ANY (ARRAY(SELECT o.id FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.id IS NULL))",
      ),
      "i.id",
      known,
    ],
  ],
  silent: [
    ["the joined column", query("SELECT 1 FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.order_id IS NULL"), known],
    ["both", query("SELECT 1 FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.order_id IS NULL AND i.id IS NULL"), known],
    ["a column that may be NULL", query("SELECT 1 FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.paid_at IS NULL"), known],
    ["the left side's column", query("SELECT 1 FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE o.state IS NULL"), known],
    ["IS NOT NULL", query("SELECT 1 FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.id IS NOT NULL"), known],
    ["OR", query("SELECT 1 FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.id IS NULL OR i.kind = 'a'"), known],
    ["an inner join", query("SELECT 1 FROM orders o JOIN invoices i ON i.order_id = o.id WHERE i.id IS NULL"), known],
    ["NOT EXISTS", query("SELECT 1 FROM orders o WHERE NOT EXISTS (SELECT 1 FROM invoices i WHERE i.order_id = o.id)"), known],
    ["a schema that is not known", FOUND],
    [
      "what a migration runs once",
      { [MIGRATION]: "INSERT INTO t SELECT o.id FROM orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE i.id IS NULL" },
      known,
    ],
  ],
});

describe("queries/outer-join-null-test", () => {
  it("writes both ways to mend it", async () => {
    const [finding] = await findingsIn(outerJoinNullTest, FOUND, "", known);
    expect(plain(finding?.help ?? [])).toContain("i.order_id IS NULL");
    expect(plain(finding?.help ?? [])).toContain("NOT EXISTS (SELECT 1 FROM public.invoices i WHERE …)");
  });
});
