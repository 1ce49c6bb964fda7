import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { truncateTable } from "../../../src/rules/migrations/truncate-table.js";
import { catalogue, foreignKey, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const chain = schema(
  catalogue(
    relation("orders", ["id bigint"]),
    relation("items", ["order_id bigint"], { foreignKeys: [foreignKey("a", ["order_id"], "orders")] }),
    relation("shop.parts", ["item_id bigint"], { foreignKeys: [foreignKey("b", ["item_id"], "items")] }),
    relation("others", ["id bigint"]),
  ),
);

describeRule(truncateTable, {
  firing: [
    ["TRUNCATE", "TRUNCATE orders;", "TRUNCATE orders"],
    ["several tables, as one list", "TRUNCATE TABLE orders, shop.items;", "line 1: TRUNCATE shop.items"],
    ["CASCADE", "TRUNCATE orders CASCADE;", "CASCADE, which empties every table that refers to it as well"],
    ["CASCADE with its tables", "TRUNCATE orders CASCADE;", "CASCADE, which empties items, shop.parts as well", { schema: chain }],
    ["one inside a DO block", "DO $$ BEGIN TRUNCATE orders; END $$;", "TRUNCATE orders"],
    ["MySQL", { "migrations/mysql/1.sql": "TRUNCATE TABLE orders" }, "TRUNCATE orders"],
  ],
  silent: [
    ["a table created in the change", "CREATE TABLE orders (id int); TRUNCATE orders;"],
    ["a DELETE, which other rules are about", "DELETE FROM orders WHERE id = 1;"],
    ["a function body, which runs later", "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ TRUNCATE orders $$;"],
    ["a trigger on TRUNCATE", "CREATE TRIGGER t BEFORE TRUNCATE ON orders EXECUTE FUNCTION f();"],
    ["a query file", { "src/queries/x.sql": "TRUNCATE orders;" }],
  ],
});

describe("migrations/truncate-table", () => {
  it("warns, and gives a batch as SQL", async () => {
    const [finding] = await findingsIn(truncateTable, "TRUNCATE orders;");
    expect(finding?.severity).toBe("warning");
    expect(plain(finding?.help ?? [])).toContain("DELETE FROM orders WHERE id > $last AND id <= $last + 10000;");
  });
});
