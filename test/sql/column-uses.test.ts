import { describe, expect, it } from "vitest";
import { columnUses } from "../../src/sql/column-uses.js";
import { namedTables, tableReferences } from "../../src/sql/table-references.js";
import { statementsIn } from "../rules/planned.js";
import { shop } from "./plan/plans.js";

const treeOf = async (sql: string): Promise<unknown> => {
  const [statement] = await statementsIn(sql);
  return statement?.state === "parsed" ? statement.tree : {};
};

async function uses(sql: string): Promise<readonly string[]> {
  const tree = await treeOf(sql);
  return columnUses(tree, tableReferences(tree, shop), []).map(({ use, relation, column, within, direction }) =>
    `${use} ${relation.name}.${within === null ? column : `${within}(${column})`} ${direction}`.trim(),
  );
}

describe("the columns that a statement uses", () => {
  it.each([
    ["SELECT * FROM orders WHERE status = $1", ["equality orders.status"]],
    ["SELECT * FROM orders WHERE $1 = status", ["equality orders.status"]],
    ["SELECT * FROM orders WHERE status = ANY($1)", ["equality orders.status"]],
    ["SELECT * FROM orders WHERE status <> ALL($1) OR status <> 'x'", []],
    ["SELECT * FROM orders WHERE created_at > now() - $1::interval", ["range orders.created_at"]],
    ["SELECT * FROM orders WHERE (created_at, id) < ($1, $2)", ["range orders.created_at", "range orders.id"]],
    ["SELECT * FROM customers WHERE upper(email) = 'X'", ["equality customers.upper(email)"]],
    ["SELECT * FROM orders o, items i WHERE i.order_id = o.id", ["join items.order_id", "join orders.id"]],
    ["SELECT * FROM orders ORDER BY total DESC NULLS LAST", ["order orders.total DESC NULLS LAST"]],
    ["SELECT * FROM (SELECT total t FROM orders) s ORDER BY s.t", []],
    ["INSERT INTO items SELECT i.* FROM items i WHERE i.kind = 'a'", ["equality items.kind"]],
    ["MERGE INTO items t USING orders s ON t.order_id = s.id WHEN MATCHED THEN DELETE", ["join items.order_id", "join orders.id"]],
    ["WITH orders AS (SELECT 1 AS status) SELECT * FROM orders WHERE status = 2", []],
  ])("of %s", async (sql, expected) => {
    expect(await uses(sql)).toEqual(expected);
  });
});

describe("the tables that a statement names", () => {
  it("hold those of sub-queries and writes, and no CTE", async () => {
    const tree = await treeOf("WITH c AS (DELETE FROM a RETURNING *) SELECT * FROM c JOIN b ON EXISTS (SELECT 1 FROM s.c)");
    expect(namedTables(tree).map(({ schemaname, relname }) => [schemaname, relname])).toEqual([
      [undefined, "b"],
      ["s", "c"],
      [undefined, "a"],
    ]);
  });
});
